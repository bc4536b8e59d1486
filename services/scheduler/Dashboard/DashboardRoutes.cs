namespace Causality.Scheduler.Dashboard;

/// <summary>Where the pages are. An id stands in a path only if it cannot hold a slash; an entry id is a parameter.</summary>
internal static class DashboardRoutes
{
    public const string Root = "/dashboard";
    public const string Login = Root + "/login";
    public const string NewPeer = Root + "/new-peer";
    public const string Peers = Root + "/peers";
    public const string Peer = Peers + "/{peerId}";
    public const string SyncPeer = Peer + "/sync";
    public const string PausePeer = Peer + "/pause";
    public const string ResumePeer = Peer + "/resume";
    public const string RemovePeer = Peer + "/remove";
    public const string SyncAll = Root + "/sync-all";
    public const string StopSchedule = Root + "/schedule/stop";
    public const string StartSchedule = Root + "/schedule/start";
    public const string Sync = Root + "/syncs/{syncId:guid}";
    public const string CancelSync = Sync + "/cancel";
    public const string Queues = Root + "/queues";
    public const string Throughput = Root + "/throughput";
    public const string Conflicts = Root + "/conflicts";
    public const string Conflict = Conflicts + "/one";
    public const string ConflictEntry = Conflicts + "/entry";
    public const string DecideConflict = Conflict + "/decide";
    public const string UndoConflict = Conflict + "/undo";
    public const string Preview = Conflicts + "/preview";
    public const string Apply = Conflicts + "/apply";
    public const string Assets = Root + "/assets";

    public static string ToPeer(string peerId) => $"{Peers}/{Uri.EscapeDataString(peerId)}";

    public static string ToSync(Guid syncId) => $"{Root}/syncs/{syncId}";

    public static string ToConflict(string kind, string subject) => $"{Conflict}?kind={Uri.EscapeDataString(kind)}&subject={Uri.EscapeDataString(subject)}";

    public static string ToEntry(string hash) => $"{ConflictEntry}?hash={Uri.EscapeDataString(hash)}";
}
