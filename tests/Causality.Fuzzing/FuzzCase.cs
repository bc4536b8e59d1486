namespace Causality.Fuzzing;

/// <summary>One case: the same for the same seed, target and number, on every machine.</summary>
public static class FuzzCase
{
    /// <summary>Longest input.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly byte[] Interesting = [0x00, 0x01, 0x7F, 0x80, 0xFF, 0xC0, 0xED, (byte)'"', (byte)'\\', (byte)'{', (byte)'[', (byte)'\n', (byte)'0', (byte)'-', (byte)'e', (byte)'%', (byte)'/'];

    /// <summary>Makes the input of a case.</summary>
    public static byte[] Make(FuzzTarget target, int seed, int number)
    {
        ArgumentNullException.ThrowIfNull(target);
        var random = new Random(unchecked((seed * 1_000_003) ^ (number * 7_919) ^ HashOf(target.Name)));
        if (random.Next(50) == 0)
            return Noise(random);
        var input = new List<byte>(target.Seeds[random.Next(target.Seeds.Count)]);

        // Some stay valid, so that what the oracle says of accepted inputs is tried, too.
        var steps = random.Next(8) == 0 ? 0 : 1 + random.Next(random.Next(4) == 0 ? 24 : 4);
        for (var step = 0; step < steps; step++)
            Mutate(input, target, random);
        return input.Count > MaxBytes ? [.. input.Take(MaxBytes)] : [.. input];
    }

    private static void Mutate(List<byte> input, FuzzTarget target, Random random)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(input.Count - at, 1 + random.Next(random.Next(4) == 0 ? 256 : 8));
        switch (random.Next(10))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = Interesting[random.Next(Interesting.Length)];
                break;
            case 2:
                input.Insert(at, Interesting[random.Next(Interesting.Length)]);
                break;
            case 3:
                input.RemoveRange(at, length);
                break;
            case 4 when input.Count < MaxBytes:
                input.InsertRange(random.Next(input.Count + 1), input.GetRange(at, length));
                break;
            case 5 or 6 when target.Words.Count > 0:
                input.InsertRange(at, target.Words[random.Next(target.Words.Count)]);
                break;
            case 7:
                var other = target.Seeds[random.Next(target.Seeds.Count)];
                var from = random.Next(other.Length + 1);
                input.RemoveRange(at, input.Count - at);
                input.AddRange(other.AsSpan(from));
                break;
            case 8:
                input.RemoveRange(at, input.Count - at);
                break;
            case 9 when target.Words.Count > 0:
                // Deep or long: one word again and again.
                var word = target.Words[random.Next(target.Words.Count)];
                for (var times = 1 + random.Next(200); times > 0 && input.Count < MaxBytes; times--)
                    input.InsertRange(at, word);
                break;
            default:
                input.Insert(at, (byte)random.Next(256));
                break;
        }
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(512)];
        random.NextBytes(bytes);
        return bytes;
    }

    // Not GetHashCode, which is another one in each process.
    private static int HashOf(string name) => name.Aggregate(17, (sum, character) => unchecked((sum * 31) + character));
}
