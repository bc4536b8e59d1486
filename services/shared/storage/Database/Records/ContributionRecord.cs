namespace Causality.Storage.Database.Records;

/// <summary>How much the pushes of a peer have added to the log.</summary>
public sealed class ContributionRecord
{
    /// <summary>The peer; the key.</summary>
    public string PeerId { get; set; } = "";

    /// <summary>Content bytes, over all time.</summary>
    public long Bytes { get; set; }
}
