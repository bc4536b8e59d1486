using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol.Reconciling;

namespace Causality.Fuzzing.Targets;

/// <summary>What a hostile server answers in the midst of a real session of symbols.</summary>
internal static class SessionTargets
{
    private const int First = 8;
    private const int Second = 24;

    private static readonly SymbolKey Key = new([.. Enumerable.Range(1, 16).Select(number => (byte)number)]);

    /// <summary>The sets of the two sides: the server has twenty entries more.</summary>
    private static readonly SortedItemSet Theirs = SortedItemSet.Of(Samples.Segment);
    private static readonly SortedItemSet Ours = SortedItemSet.Of(LogSegment.FromEntries(Samples.Id, Samples.Origin, Samples.Entries.Take(40)));

    private static readonly ulong[] TheirIds = EntryShortIds.Of(Key, [Theirs]);
    private static readonly ulong[] OurIds = EntryShortIds.Of(Key, [Ours]);

    private static readonly SegmentMetadata[] Segments = Samples.Metadata;

    /// <summary>What a session asks once the symbols have told what differs.</summary>
    private static readonly EntryHashesRequest Hashes = new(Key, [NamedContent.Of(Samples.Segment.Metadata)], TheirIds.Except(OurIds).ToList());
    private static readonly SegmentsRequest Full = new(Key, [], [.. Segments.Select(ShortIdOf)], []);
    private static readonly SegmentsRequest Brief = Full with { IsBrief = true };

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("symbols-session", [Page(0, First), Page(0, First, gone: [0]), new SymbolsAnswer(7, 0, [], new CodedSymbol[First]).ToBytes(0)], Samples.BinaryWords, Decode),
        new("symbols-next-page", [Page(First, Second), Page(0, Second)], Samples.BinaryWords, DecodeTwoPages),
        new("entry-hashes-answer", [EntryHashesWire.Write(EntryShortIds.Find(Key, [Theirs], Hashes.ShortIds.ToHashSet())), EntryHashesWire.Write([])], Samples.BinaryWords, EntryHashes),
        new("segments-answer", [Full.Answer(Segments), Full.Answer([.. Segments.Skip(4)])], Samples.BinaryWords, input => Try(() => Full.ReadAnswer(input).All(segment => Full.ToFilter()(LogFingerprint.ItemOf(segment.Id, segment.ContentHash))) ? true : throw new FuzzFaultException("A segment passed that was not asked for."))),
        new("segments-answer-brief", [Brief.Answer(Segments), Brief.Answer([.. Segments.Skip(4)])], Samples.BinaryWords, input => Try(() => Brief.ReadAnswer(input).Count <= Brief.Count ? true : throw new FuzzFaultException("More segments passed than were asked for."))),
    ];

    private static ulong ShortIdOf(SegmentMetadata segment) => Key.ShortId(LogFingerprint.ItemOf(segment.Id, segment.ContentHash));

    private static byte[] Page(int from, int count, int[]? gone = null) => new SymbolsAnswer(7, TheirIds.Length, gone ?? [], SymbolEncoder.Encode(TheirIds, from, count)).ToBytes(from);

    private static bool Decode(byte[] input) => Try(() =>
    {
        var decoder = new SymbolDecoder();
        decoder.Add(SymbolEncoder.Encode(OurIds, 0, First), SymbolsAnswer.Read(input, 0, First, 1).Symbols);
        return Bounded(decoder);
    });

    /// <summary>An honest first page, and then whatever comes: what was decoded before must not be turned against us.</summary>
    private static bool DecodeTwoPages(byte[] input) => Try(() =>
    {
        var decoder = new SymbolDecoder();
        decoder.Add(SymbolEncoder.Encode(OurIds, 0, First), SymbolsAnswer.Read(Page(0, First), 0, First, 1).Symbols);
        decoder.Add(SymbolEncoder.Encode(OurIds, First, Second), SymbolsAnswer.Read(input, First, Second, 1).Symbols);
        return Bounded(decoder);
    });

    private static bool Bounded(SymbolDecoder decoder)
    {
        var found = decoder.Ours.Count() + decoder.Theirs.Count();
        if (found > decoder.Count)
            throw new FuzzFaultException($"{decoder.Count} symbols gave {found} items.");
        return decoder.Estimate() >= 0 ? true : throw new FuzzFaultException($"The estimate is {decoder.Estimate()}.");
    }

    private static bool EntryHashes(byte[] input) => Try(() =>
    {
        var found = EntryHashesWire.Read(input, Hashes);
        return found.Select(entry => Key.ShortId(entry.Hash, entry.Segment)).Distinct().Count() == found.Count ? true : throw new FuzzFaultException("A hash passed twice.");
    });

    private static bool Try(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (ProtocolViolationException exception)
        {
            return exception.Message.Length is > 0 and < 4_000 ? false : throw new FuzzFaultException("The message is empty or unbounded.", exception);
        }
    }
}
