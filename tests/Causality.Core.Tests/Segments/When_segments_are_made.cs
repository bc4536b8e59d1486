using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Causality.Core.Tests.Support;
using FsCheck.Fluent;
using static Causality.Core.Tests.Support.Samples;

namespace Causality.Core.Tests.Segments;

public class When_segments_are_made
{
    [Fact]
    public void Order_and_repetition_of_the_entries_do_not_matter()
    {
        var cases = from numbers in Gen.Choose(0, 40).NonEmptyListOf() from seed in Generators.Seed select (numbers: numbers.ToArray(), seed);
        Generators.Holds(cases, sample =>
        {
            var shuffled = sample.numbers.Concat(sample.numbers).ToArray();
            new Random(sample.seed).Shuffle(shuffled);
            var one = Segment(sample.numbers.Select(number => Numbered(number, number % 3)));
            var other = Segment(shuffled.Select(number => Numbered(number, number % 3)));
            return one.Metadata == other.Metadata && one.Content.Span.SequenceEqual(other.Content.Span);
        });
    }

    [Fact]
    public void Content_is_the_lines_in_order_each_with_its_end() => Generators.Holds(Generators.Segment, segment =>
    {
        var keys = Enumerable.Range(0, segment.Count).Select(segment.KeyAt).ToArray();
        var lines = Enumerable.Range(0, segment.Count).Select(index => Encoding.UTF8.GetString(segment.LineAt(index).Span) + "\n");
        return keys.Distinct().Order().SequenceEqual(keys) && Encoding.UTF8.GetString(segment.Content.Span) == string.Concat(lines);
    });

    [Fact]
    public void Metadata_describes_the_content()
    {
        var segment = Segment(Numbered(1, 30), Numbered(2, 10), Numbered(3, 20));

        segment.Metadata.ShouldBe(new SegmentMetadata
        {
            Id = SegmentA,
            Origin = Alice,
            StartTimestamp = 10,
            EndTimestamp = 30,
            EntryCount = 3,
            ContentHash = new ContentHash(SHA256.HashData(segment.Content.Span)),
            SizeBytes = segment.Content.Length,
        });
    }

    [Fact]
    public void Entries_ids_and_keys_can_be_read_by_index() => Generators.Holds(Generators.Segment, segment => Enumerable.Range(0, segment.Count).All(index =>
    {
        var entry = segment.EntryAt(index);
        return entry.Key == segment.KeyAt(index)
            && entry.CanonicalBytes.Span.SequenceEqual(segment.LineAt(index).Span)
            && Encoding.UTF8.GetString(segment.IdAt(index).Span) == entry.Id
            && segment.IdKeyAt(index) == EntryIds.KeyOf(Encoding.UTF8.GetBytes(entry.Id))
            && segment.TryFind(entry.Key, out var found) && found == index;
    }));

    [Fact]
    public void An_id_with_escapes_is_read_without_them()
    {
        var segment = Segment(Samples.Parse("""{"id":"a\"\\ü","timestamp":1,"entry_type":"fact","data":1}"""));

        Encoding.UTF8.GetString(segment.IdAt(0).Span).ShouldBe("a\"\\ü");
        segment.IdKeyAt(0).ShouldBe(EntryIds.KeyOf("a\"\\ü"u8));
    }

    [Fact]
    public void Entries_are_found_by_key_or_by_hash_and_strangers_are_not()
    {
        var segment = Segment(Enumerable.Range(0, 9).Select(number => Numbered(number)));
        var (third, seventh) = (segment.KeyAt(3), segment.KeyAt(7));

        segment.IndexesOf(new HashSet<ContentHash> { seventh.Hash, third.Hash, ContentHash.Of("stranger"u8) }).ShouldBe([3, 7]);
        segment.TryFind(third with { Timestamp = 5 }, out var index).ShouldBeFalse();
        index.ShouldBe(-1);
    }

    [Fact]
    public void Should_refuse_no_entries_and_too_many()
    {
        Should.Throw<ArgumentException>(() => Segment()).Message.ShouldContain("seg-a");

        var many = Enumerable.Range(0, SegmentLimits.MaxEntries + 1).Select(number => Numbered(number));
        Should.Throw<SegmentInvalidException>(() => Segment(many)).Line.ShouldBe(0);
    }

    [Fact]
    public void The_content_hash_is_what_sha256sum_prints()
    {
        var (lines, source) = SharedLog.Read(10_000);
        var segment = Segment(lines.Select(line => LogEntry.Parse(line)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{segment.Count} entries from {source}");

        segment.Metadata.ContentHash.ToString().ShouldBe(Sha256Sum(segment.Content));
    }

    private static string Sha256Sum(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var program = Process.Start(new ProcessStartInfo("sha256sum") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            using (var input = program.StandardInput.BaseStream)
                input.Write(content.Span);
            return program.StandardOutput.ReadToEnd().Split(' ')[0];
        }
        catch (Win32Exception)
        {
            TestContext.Current.TestOutputHelper?.WriteLine("There is no sha256sum here; compared with .NET's SHA-256 instead.");
            return Convert.ToHexStringLower(SHA256.HashData(content.Span));
        }
    }
}
