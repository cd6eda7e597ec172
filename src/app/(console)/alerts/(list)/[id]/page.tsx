import { AlertPane } from "@/ui/watch/alerts/alert-pane";

export default async function AlertPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <AlertPane id={id} />;
}
