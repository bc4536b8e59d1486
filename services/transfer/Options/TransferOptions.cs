using Causality.Protocol.Pacing;

namespace Causality.Transfer.Options;

/// <summary>How transfer moves segments. Configuration section <c>Transfer</c>.</summary>
public sealed class TransferOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Transfer";

    /// <summary>Requests to one peer at a time within one sync: while one answer is checked, another one comes in.</summary>
    /// <value>Default 2; 1 to 8.</value>
    public int Streams { get; set; } = 2;

    /// <summary>
    /// Let peers send whole segments compressed: about a third of the bytes for about 3 s of the peer's processor and 2 s of ours for each GB, so it pays on links
    /// below some 2 Gbit/s. Answers with single entries are compressed in any case.
    /// </summary>
    /// <value>Default false.</value>
    public bool Compressed { get; set; }

    /// <summary>Limits by the time of the day, which go before the limit of the sync's settings; the first that fits counts.</summary>
    /// <value>Default none; at most 100.</value>
    public List<BandwidthWindow> Bandwidth { get; set; } = [];
}
