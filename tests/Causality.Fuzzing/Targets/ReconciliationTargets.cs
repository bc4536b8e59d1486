using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol.Reconciling;

namespace Causality.Fuzzing.Targets;

/// <summary>The binary messages of a reconciliation, in both directions.</summary>
internal static class ReconciliationTargets
{
    private const int FrameLimit = 8_192;
    private const int MaxIds = 10_000;

    private static readonly SymbolKey Key = new([.. Enumerable.Range(1, 16).Select(number => (byte)number)]);
    private static readonly SortedItemSet Ours = SortedItemSet.Of(Samples.Segment);
    private static readonly SortedItemSet Theirs = SortedItemSet.Of(LogSegment.FromEntries(Samples.Id, Samples.Origin, Samples.Entries.Take(40)));
    private static readonly byte[] Question = new NegentropyClient(Theirs, FrameLimit, MaxIds).Begin();
    private static readonly byte[] Answer = NegentropyServer.Answer(Ours, Question, FrameLimit);

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("negentropy-server", [Question, Answer], Samples.BinaryWords, input => Try(() => NegentropyServer.Answer(Ours, input, FrameLimit)) is { } answer && (answer.Length <= FrameLimit ? true : throw new FuzzFaultException($"The answer has {answer.Length} bytes; {FrameLimit} were allowed."))),
        new("negentropy-client", [Answer, Question], Samples.BinaryWords, ReadAsClient),
        new("symbols-answer", Symbols(), Samples.BinaryWords, input => Try(() => SymbolsAnswer.Read(input, 0, 8, 4)) is { } answer && RoundTrip(answer.ToBytes(0), bytes => SymbolsAnswer.Read(bytes, 0, 8, 4).ToBytes(0))),
        new("symbols-request", Requests(), Samples.BinaryWords, input => Try(() => SegmentSymbolsRequest.Read(input)) is { } request && RoundTrip(request.ToBytes(), bytes => SegmentSymbolsRequest.Read(bytes).ToBytes())),
        new("entry-symbols-request", Requests(), Samples.BinaryWords, input => Try(() => EntrySymbolsRequest.Read(input)) is { } request && RoundTrip(request.ToBytes(), bytes => EntrySymbolsRequest.Read(bytes).ToBytes())),
        new("entry-hashes-request", Requests(), Samples.BinaryWords, input => Try(() => EntryHashesRequest.Read(input)) is not null),
        new("segments-request", Requests(), Samples.BinaryWords, input => Try(() => SegmentsRequest.Read(input)) is not null),
        new("metadata-table", [SegmentTableWire.Write(Samples.Metadata)], Samples.BinaryWords, input => Try(() => SegmentTableWire.Read(input, 100)) is { } rows && RoundTrip(SegmentTableWire.Write(rows), bytes => SegmentTableWire.Write(SegmentTableWire.Read(bytes, 100)))),
        new("metadata-columns", [SegmentColumnsWire.Write(Samples.Metadata)], Samples.BinaryWords, input => Try(() => SegmentColumnsWire.Read(input, 100)) is not null),
    ];

    private static bool ReadAsClient(byte[] input)
    {
        var client = new NegentropyClient(Theirs, FrameLimit, MaxIds);
        client.Begin();
        try
        {
            client.Read(input);
        }
        catch (ProtocolViolationException)
        {
            return false;
        }

        return client.Need.Count <= MaxIds ? true : throw new FuzzFaultException($"{client.Need.Count} ids are kept; {MaxIds} are allowed.");
    }

    private static bool RoundTrip(byte[] written, Func<byte[], byte[]> again) => again(written).AsSpan().SequenceEqual(written) ? true : throw new FuzzFaultException("What was read and written does not read and write as the same.");

    private static T? Try<T>(Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (ProtocolViolationException exception)
        {
            return exception.Message.Length is > 0 and < 4_000 ? null : throw new FuzzFaultException("The message is empty or unbounded.", exception);
        }
    }

    private static byte[][] Symbols()
    {
        var shortIds = EntryShortIds.Of(Key, [Ours]);
        var real = new SymbolsAnswer(7, shortIds.Length, [], SymbolEncoder.Encode(shortIds, 0, 8));
        return [real.ToBytes(0), (real with { Gone = [0, 2] }).ToBytes(0), new SymbolsAnswer(ulong.MaxValue, 0, [], new CodedSymbol[8]).ToBytes(0)];
    }

    private static byte[][] Requests()
    {
        var named = Samples.Metadata.Select(NamedContent.Of).ToList();
        return
        [
            new SegmentSymbolsRequest(Key, 0, 64, []).ToBytes(),
            new EntrySymbolsRequest(Key, 0, 64, named).ToBytes(),
            new EntryHashesRequest(Key, named, [1UL, 5UL, ulong.MaxValue]).ToBytes(),
        ];
    }
}
