using System.Globalization;
using System.Text;
using Causality.Core;

namespace Causality.SyncBenchmark;

/// <summary>Generated logs: entries of about 256 bytes that compress about as real ones do; the same numbers always give the same bytes.</summary>
/// <param name="Segments">Number of segments.</param>
/// <param name="EntriesEach">Entries in each.</param>
/// <param name="Without">Segments (by number) that are left out.</param>
/// <param name="Shortened">Segments (by number) that lack three of their entries.</param>
/// <param name="First">Number of the first segment; corpora of different numbers have nothing in common.</param>
internal sealed record Corpus(int Segments, int EntriesEach, IReadOnlySet<int>? Without = null, IReadOnlySet<int>? Shortened = null, int First = 0)
{
    private const int Lacking = 3;
    private const long Epoch = 1_700_000_000_000L;

    private static readonly string[] Words =
        "order payment refund customer invoice shipment warehouse accepted rejected pending retry carrier parcel address checked updated stock limit credit account ledger balance batch delayed"
            .Split(' ');

    /// <summary>The segments, in order of their names.</summary>
    public IEnumerable<LogSegment> Make()
    {
        for (var number = First; number < First + Segments; number++)
        {
            if (Without?.Contains(number) != true)
                yield return Make(number);
        }
    }

    private LogSegment Make(int number)
    {
        var first = number * EntriesEach;
        var isShortened = Shortened?.Contains(number) == true;
        var entries = Enumerable.Range(0, EntriesEach).Where(index => !isShortened || index % (EntriesEach / Lacking) != 7);
        return LogSegment.FromEntries(
            new SegmentId(string.Create(CultureInfo.InvariantCulture, $"source.{number:D7}")), new OperatorId(Source.Id), entries.Select(index => Entry(first + index)));
    }

    // Half of a line is random, the rest words and names: zlib at its default level gets it to 0.35, as real logs of events.
    private static LogEntry Entry(int number)
    {
        var random = new Random(number);
        Span<byte> bytes = stackalloc byte[58];
        random.NextBytes(bytes);
        var note = $"{Words[random.Next(Words.Length)]} {Words[random.Next(Words.Length)]}";
        return LogEntry.Parse(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""
            {"id":"entry-{{{Convert.ToHexStringLower(bytes[..20])}}}","timestamp":{{{Epoch + (number * 10L) + random.Next(10)}}},"entry_type":"fact","data":{"amount":"{{{random.Next(100_000)}}}.{{{random.Next(100):D2}}}","note":"{{{note}}}","seal":"{{{Convert.ToBase64String(bytes[40..])}}}"},"parent_id":"entry-{{{Convert.ToHexStringLower(bytes[20..40])}}}"}
            """)));
    }
}
