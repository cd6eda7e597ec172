import { BoardPage } from "@/ui/fleet/board/board-page";

export default function Page() {
  return <BoardPage />;
}
