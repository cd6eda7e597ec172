import { WorstAlertPane } from "@/ui/watch/alerts/alert-pane";

export default function AlertsPage() {
  return <WorstAlertPane />;
}
