using System.Text;
using Causality.Core.Tests.Support;
using FsCheck.Fluent;

namespace Causality.Core.Tests.Entries;

/// <summary>The short way of reading a line must never take what the reader of tokens refuses, nor find anything else in it.</summary>
public class When_a_line_is_scanned
{
    private const string Before = """{"id":"b","timestamp":1,"entry_type":"fact","data":1}""" + "\n";

    private static readonly string Line =
        """{"id":"i-1","timestamp":5,"entry_type":"fact","data":{"":-0.5,"a":[1,[],{},"x\n\\"],"b":{"c":true,"d":"é","é":null,"𐀀":false,"\ue000":""}},"trace_id":"t","parent_id":"p","metadata":{"k":"v","l":"w"}}""".Replace("\\ue000", "\ue000", StringComparison.Ordinal);

    // Bytes with a meaning in JSON or UTF-8, so that damage stays near the grammar.
    private static readonly byte[] Telling = [.. "{}[]\":,\\u0d8eE+-.1ntf/ \n\r\t"u8, 0x00, 0x1F, 0x7F, 0x80, 0xC2, 0xED, 0xA0, 0xEF, 0xF0, 0xFF];

    private static readonly FsCheck.Gen<byte[]> Damaged =
        from entry in Generators.Entry
        from seed in Generators.Seed
        select Damage(LogEntry.Parse(JsonSpelling.Render(entry, seed)).CanonicalBytes.ToArray(), new Random(seed));

    [Fact]
    public void Should_agree_with_the_reader_of_tokens_on_damaged_lines()
    {
        for (var round = 0; round < 10; round++)
            Generators.Holds(Damaged, Agrees);
    }

    [Fact]
    public void Should_agree_with_the_reader_of_tokens_on_every_line_that_is_one_byte_off()
    {
        var line = Encoding.UTF8.GetBytes(Line);
        for (var at = 0; at < line.Length; at++)
        {
            Agrees([.. line[..at], .. line[(at + 1)..]]).ShouldBeTrue($"without byte {at}");
            for (var value = 0; value < 256; value++)
                Agrees([.. line[..at], (byte)value, .. line[(at + 1)..]]).ShouldBeTrue($"byte {at} is {value}");
            foreach (var value in Telling)
                Agrees([.. line[..at], value, .. line[at..]]).ShouldBeTrue($"{value} before byte {at}");
        }
    }

    [Fact]
    public void Should_take_real_lines()
    {
        var (lines, source) = SharedLog.Read(20_000);
        var canonical = lines.Select(line => LogEntry.Parse(line).CanonicalBytes.ToArray()).ToList();
        var taken = canonical.Count(line => Scan(line) is not null);
        TestContext.Current.TestOutputHelper?.WriteLine($"{taken} of {canonical.Count} lines from {source}");

        canonical.ShouldAllBe(line => Agrees(line));
        taken.ShouldBeGreaterThan(canonical.Count * 9 / 10);
    }

    [Fact]
    public void Should_take_the_line_that_the_others_are_made_from() => Scan(Encoding.UTF8.GetBytes(Line)).ShouldNotBeNull();

    [Theory]
    [InlineData("""{"id":"i","timestamp":0,"entry_type":"effect","data":null}""")]
    [InlineData("""{"id":"i","timestamp":253402300799999,"entry_type":"event","data":"a text that is longer than one register of the processor, with \"quotes\" in it"}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":[0,-1,1.50,10,"\b\f\r\t"],"parent_id":"p"}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":{"a":{"a":{"a":{"a":[[[[1]]]]}}}},"metadata":{"a":""}}""")]
    public void Should_take_canonical_lines(string line)
    {
        Scan(Encoding.UTF8.GetBytes(line)).ShouldNotBeNull();
        Agrees(Encoding.UTF8.GetBytes(line)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"id":"i","timestamp":01,"entry_type":"fact","data":1}""")]
    [InlineData("""{"id":"i","timestamp":253402300800000,"entry_type":"fact","data":1}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"facts","data":1}""")]
    [InlineData("""{"id":"","timestamp":1,"entry_type":"fact","data":1}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":01}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":1.}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":-}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":1e999}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":{"a":1,"a":2}}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":{"b":1,"a":2}}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":{"a":1,}}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":[1,]}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":"\/"}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":"\ud800"}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":1,"metadata":{}}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":1,"metadata":{"a":1}}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":1,"parent_id":"p","trace_id":"t"}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":1}}""")]
    [InlineData("""{"id":"i","timestamp":1,"entry_type":"fact","data":1""")]
    [InlineData("")]
    public void Should_leave_everything_else_to_the_reader_of_tokens(string line) => Scan(Encoding.UTF8.GetBytes(line)).ShouldBeNull();

    [Theory]
    [InlineData(EntryLimits.MaxIdBytes, true)]
    [InlineData(EntryLimits.MaxIdBytes + 1, false)]
    public void Should_know_how_long_an_id_may_be(int length, bool isTaken)
    {
        var line = Encoding.UTF8.GetBytes($$"""{"id":"{{new string('i', length)}}","timestamp":1,"entry_type":"fact","data":1}""");

        Scan(line).HasValue.ShouldBe(isTaken);
        Agrees(line).ShouldBeTrue();
    }

    [Theory]
    [InlineData(EntryLimits.MaxEntryBytes, true)]
    [InlineData(EntryLimits.MaxEntryBytes + 1, false)]
    public void Should_know_how_long_a_line_may_be(int length, bool isTaken)
    {
        const string start = """{"id":"i","timestamp":1,"entry_type":"fact","data":" """;
        var line = Encoding.UTF8.GetBytes(start + new string('x', length - start.Length - 2) + "\"}");

        Scan(line).HasValue.ShouldBe(isTaken);
        Agrees(line).ShouldBeTrue();
    }

    [Fact]
    public void Should_leave_deep_nesting_to_the_reader_of_tokens()
    {
        for (var depth = 1; depth <= EntryLimits.MaxDepth + 2; depth++)
            Agrees(Encoding.UTF8.GetBytes($$"""{"id":"i","timestamp":1,"entry_type":"fact","data":{{new string('[', depth)}}{{new string(']', depth)}}}""")).ShouldBeTrue($"depth {depth}");
    }

    /// <summary>The line alone, and as the second one of three.</summary>
    private static bool Agrees(byte[] line)
    {
        if (Scan(line) is not { } scanned)
            return true;

        var told = EntryReader.ReadTokens(line, out var isCanonical);
        return isCanonical && told.Equals(scanned);
    }

    private static EntryLayout? Scan(byte[] line)
    {
        var isTaken = new CanonicalScan(line).TryRead(0, out var layout, out var length) && length == line.Length;
        byte[] content = [.. Encoding.UTF8.GetBytes(Before), .. line, .. "\n"u8, .. Encoding.UTF8.GetBytes(Before)];
        var isTakenThere = new CanonicalScan(content).TryRead(Before.Length, out var there, out var lengthThere) && lengthThere == line.Length;
        isTakenThere.ShouldBe(isTaken);
        if (isTaken)
            there.ShouldBe(layout);
        return isTaken ? layout : null;
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes.ToList();
        for (var count = random.Next(0, 3); count > 0; count--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(3))
            {
                case 0:
                    damaged.RemoveAt(at);
                    break;
                case 1:
                    damaged.Insert(at, Telling[random.Next(Telling.Length)]);
                    break;
                default:
                    damaged[at] = Telling[random.Next(Telling.Length)];
                    break;
            }
        }

        return [.. damaged];
    }
}
