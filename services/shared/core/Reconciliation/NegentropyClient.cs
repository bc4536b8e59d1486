namespace Causality.Core.Reconciliation;

/// <summary>The asking side of Negentropy Protocol V1: it finds out what each side has that the other lacks.</summary>
/// <remarks>
/// <see cref="Begin"/> gives the first message, <see cref="Read"/> takes each answer and gives the next message until there is none. Not thread-safe.
/// Costs O(difference · log n) on the wire. Source: the published protocol ("Range-Based Set Reconciliation", also NIP-77); design §4.
/// </remarks>
public sealed class NegentropyClient
{
    /// <summary>Most rounds before the peer is taken to lead us round in circles.</summary>
    public const int MaxRounds = 1_000;

    private readonly IReconciliationSet _set;
    private readonly int _frameLimit;
    private readonly NegentropyFindings _findings;

    /// <summary>Begins a reconciliation.</summary>
    /// <param name="set">Our items; they must not change until the end.</param>
    /// <param name="frameLimit">Longest message in bytes, at least <see cref="NegentropyLimits.MinFrameBytes"/>; 0 for no limit.</param>
    /// <param name="maxIds">Most ids of the peer's that are kept; more are a breach of the protocol.</param>
    /// <exception cref="ArgumentOutOfRangeException">A frame limit that leaves no room to get on.</exception>
    public NegentropyClient(IReconciliationSet set, int frameLimit, int maxIds)
    {
        CheckFrame(frameLimit);
        (_set, _frameLimit, _findings) = (set, frameLimit, new NegentropyFindings { MaxIds = maxIds });
    }

    /// <summary>Messages made so far.</summary>
    public int Rounds { get; private set; }

    /// <summary>Ids that we have and the peer lacks, as far as known.</summary>
    public IReadOnlyCollection<ContentHash> Have => _findings.Have;

    /// <summary>Ids that the peer has and we lack, as far as known.</summary>
    public IReadOnlyCollection<ContentHash> Need => _findings.Need;

    /// <summary>The ranges that are still to be settled, ascending; empty when <see cref="Read"/> gave null. What lies outside them is settled.</summary>
    public IReadOnlyList<ReconciliationRange> Pending => _findings.Pending;

    /// <summary>How many ranges the last answer gave fingerprints of: with <see cref="Pending"/>, a hint how scattered the differences are.</summary>
    public int Compared => _findings.Compared;

    /// <summary>The first message.</summary>
    public byte[] Begin()
    {
        Rounds = 1;
        return new NegentropyRound(_set, _frameLimit, _findings).Begin();
    }

    /// <summary>Takes the peer's answer in.</summary>
    /// <param name="answer">Not yet trusted.</param>
    /// <returns>The next message, or null at the end.</returns>
    /// <exception cref="ProtocolViolationException">The answer breaks the protocol, or the peer never comes to an end.</exception>
    public byte[]? Read(ReadOnlySpan<byte> answer)
    {
        if (++Rounds > MaxRounds)
            throw new ProtocolViolationException($"The reconciliation has not ended after {MaxRounds} messages; the peer's set changes too fast, or it does not mean to end.");

        _findings.Pending.Clear();
        _findings.Compared = 0;
        var next = new NegentropyRound(_set, _frameLimit, _findings).Answer(answer);
        return next.Length > 1 ? next : null;
    }

    internal static void CheckFrame(int frameLimit)
    {
        if (frameLimit is not 0 and < NegentropyLimits.MinFrameBytes)
            throw new ArgumentOutOfRangeException(nameof(frameLimit), frameLimit, $"A frame has at least {NegentropyLimits.MinFrameBytes} bytes; 0 means no limit.");
    }
}
