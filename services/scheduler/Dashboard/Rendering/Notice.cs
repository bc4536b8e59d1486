namespace Causality.Scheduler.Dashboard.Rendering;

/// <summary>What an action did or why it did not, for the top of a page.</summary>
/// <param name="Text">For people.</param>
/// <param name="IsFailure">True when nothing was done.</param>
/// <param name="Link">Where to see more; null for nowhere.</param>
/// <param name="LinkText">The text of the link.</param>
public sealed record Notice(string Text, bool IsFailure = false, string? Link = null, string? LinkText = null)
{
    private static readonly Dictionary<string, string> Done = new(StringComparer.Ordinal)
    {
        ["sync"] = "A sync has been requested.",
        ["sync-waiting"] = "A sync with this peer is running; another one follows it.",
        ["sync-all"] = "Syncs with all peers that are switched on have been requested.",
        ["paused"] = "The peer is paused: no sync with it begins, and its key is not let in.",
        ["resumed"] = "The peer is on again.",
        ["removed"] = "The peer is removed. What came from it stays in the log.",
        ["added"] = "The peer is added. Its first sync is due now.",
        ["changed"] = "The peer is changed. Its next sync is due now.",
        ["cancelled"] = "The sync has been asked to end.",
        ["stopped"] = "The schedule is stopped. Requested syncs are still served.",
        ["started"] = "The schedule runs.",
        ["decided"] = "Decided. Undo brings the decision before it back.",
        ["undone"] = "Undone: the decision before it is in force again.",
        ["applied"] = "Done, exactly as previewed.",
        ["unchanged"] = "It was so already; nothing was changed.",
    };

    /// <summary>The notice that a redirect after an action carries; null for a name that is none of ours, so that no link can put words on the page.</summary>
    public static Notice? OfRedirect(string? name) => name is not null && Done.TryGetValue(name, out var text) ? new Notice(text) : null;
}
