using Causality.Core.Tests.Support;
using FsCheck.Fluent;

namespace Causality.Core.Tests.Entries;

/// <summary>Whatever the bytes are, the answer is an entry or <see cref="InvalidEntryException"/>, and never another exception.</summary>
public class When_bytes_are_damaged_at_random
{
    // Bytes with a meaning in JSON or UTF-8, so that damage stays near the grammar.
    private static readonly byte[] Telling = [.. "{}[]\":,\\u0d8eE+-.1ntf/ \n"u8, 0x00, 0x1F, 0x7F, 0x80, 0xC2, 0xED, 0xA0, 0xF0, 0xFF];

    private static readonly FsCheck.Gen<byte[]> Damaged =
        from entry in Generators.Entry
        from seed in Generators.Seed
        select Damage(JsonSpelling.Render(entry, seed), new Random(seed));

    [Fact]
    public void Parsing_gives_canonical_bytes_or_a_reason() => Generators.Holds(Damaged, bytes =>
        Record.Exception(() => LogEntry.Parse(bytes)) is { } fault
            ? fault is InvalidEntryException
            : LogEntry.Parse(bytes).CanonicalBytes.Span.SequenceEqual(SlowCanonicalizer.Canonicalize(bytes)));

    [Fact]
    public void Import_takes_exactly_what_parsing_takes_on_one_line() => Generators.Holds(Damaged, bytes =>
    {
        var isOneLine = !bytes.AsSpan().ContainsAny((byte)'\n', (byte)'\r');
        var parsed = Record.Exception(() => LogEntry.Parse(bytes));
        var imported = Record.Exception(() => LogEntry.FromLine(bytes));
        return imported is null ? parsed is null && isOneLine : imported is InvalidEntryException && (parsed is not null || !isOneLine);
    });

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes.ToList();
        for (var count = random.Next(1, 4); count > 0; count--)
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
