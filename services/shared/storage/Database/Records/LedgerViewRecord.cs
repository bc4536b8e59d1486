namespace Causality.Storage.Database.Records;

/// <summary>Where the view departs, or once departed, from showing the latest version of every id: the feed by which readers learn of decisions.</summary>
public sealed class LedgerViewRecord
{
    /// <summary>What <see cref="Subject"/> is.</summary>
    public LedgerViewKind Kind { get; set; }

    /// <summary>An entry id, or an entry hash.</summary>
    public string Subject { get; set; } = "";

    /// <summary>For an id the hash of the version to show. For a hash: null while that entry is hidden, the hash itself once it is shown again.</summary>
    public string? ShownHash { get; set; }

    /// <summary>Version of the latest change; unique.</summary>
    public long Version { get; set; }
}
