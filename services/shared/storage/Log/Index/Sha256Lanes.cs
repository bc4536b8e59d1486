using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Causality.Core;

namespace Causality.Storage.Log.Index;

/// <summary>SHA-256 of eight messages at once, one in each lane of a 256-bit register.</summary>
/// <remarks>
/// For very many short messages: a call of the system's library costs some 700 ns before the first byte is hashed, and an index of millions of entries is
/// built anew at every start. Where the processor has no such registers the library does the work. Source: FIPS 180-4.
/// </remarks>
internal static class Sha256Lanes
{
    /// <summary>Messages that are hashed together.</summary>
    public const int Lanes = 8;

    private const int BlockBytes = 64;

    private static readonly uint[] Constants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private static readonly uint[] Initial = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    /// <summary>Hashes messages that stand in one piece of memory.</summary>
    /// <param name="content">The memory.</param>
    /// <param name="messages">Where each begins, and its length in bytes.</param>
    /// <param name="hashes">One for each message, in order.</param>
    public static void Hash(ReadOnlySpan<byte> content, ReadOnlySpan<(int Start, int Length)> messages, Span<ContentHash> hashes)
    {
        var done = 0;
        for (; Vector256.IsHardwareAccelerated && done + Lanes <= messages.Length; done += Lanes)
            HashLanes(content, messages.Slice(done, Lanes), hashes.Slice(done, Lanes));
        for (; done < messages.Length; done++)
            hashes[done] = ContentHash.Of(content.Slice(messages[done].Start, messages[done].Length));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HashLanes(ReadOnlySpan<byte> content, ReadOnlySpan<(int Start, int Length)> messages, Span<ContentHash> hashes)
    {
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[Initial.Length];
        for (var word = 0; word < state.Length; word++)
            state[word] = Vector256.Create(Initial[word]);

        var most = 0;
        foreach (var (_, length) in messages)
            most = Math.Max(most, BlocksOf(length));

        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[64];
        Span<uint> words = stackalloc uint[16 * Lanes];
        Span<uint> lives = stackalloc uint[Lanes];
        Span<byte> padded = stackalloc byte[BlockBytes];
        for (var block = 0; block < most; block++)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                lives[lane] = block < BlocksOf(messages[lane].Length) ? uint.MaxValue : 0;
                if (lives[lane] != 0)
                    Load(BlockOf(content, messages[lane], block, padded), words, lane);
            }

            for (var word = 0; word < 16; word++)
                schedule[word] = Vector256.Create<uint>(words.Slice(word * Lanes, Lanes));
            Compress(state, schedule, Vector256.Create<uint>(lives));
        }

        Store(state, hashes);
    }

    private static int BlocksOf(int length) => (length + 9 + BlockBytes - 1) / BlockBytes;

    /// <summary>A block as it is hashed: of the message itself, or with the padding of FIPS 180-4 §5.1.1.</summary>
    private static ReadOnlySpan<byte> BlockOf(ReadOnlySpan<byte> content, (int Start, int Length) message, int block, Span<byte> padded)
    {
        var offset = block * BlockBytes;
        if (offset + BlockBytes <= message.Length)
            return content.Slice(message.Start + offset, BlockBytes);

        padded.Clear();
        var rest = Math.Max(0, message.Length - offset);
        if (rest > 0)
            content.Slice(message.Start + offset, rest).CopyTo(padded);
        if (offset <= message.Length)
            padded[rest] = 0x80;
        if (block == BlocksOf(message.Length) - 1)
            BinaryPrimitives.WriteUInt64BigEndian(padded[(BlockBytes - 8)..], (ulong)message.Length * 8);
        return padded;
    }

    private static void Load(ReadOnlySpan<byte> block, Span<uint> words, int lane)
    {
        for (var word = 0; word < 16; word++)
            words[(word * Lanes) + lane] = BinaryPrimitives.ReadUInt32BigEndian(block[(word * 4)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compress(Span<Vector256<uint>> state, Span<Vector256<uint>> w, Vector256<uint> lives)
    {
        for (var t = 16; t < 64; t++)
        {
            var (w15, w2) = (w[t - 15], w[t - 2]);
            w[t] = w[t - 16] + (Rotate(w15, 7) ^ Rotate(w15, 18) ^ (w15 >>> 3)) + w[t - 7] + (Rotate(w2, 17) ^ Rotate(w2, 19) ^ (w2 >>> 10));
        }

        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var t = 0; t < 64; t++)
        {
            var first = h + (Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25)) + (g ^ (e & (f ^ g))) + Vector256.Create(Constants[t]) + w[t];
            var second = (Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22)) + ((a & b) | (c & (a | b)));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        // A message that has ended keeps its state while the longer ones go on.
        state[0] += a & lives;
        state[1] += b & lives;
        state[2] += c & lives;
        state[3] += d & lives;
        state[4] += e & lives;
        state[5] += f & lives;
        state[6] += g & lives;
        state[7] += h & lives;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> value, int by) => (value >>> by) | (value << (32 - by));

    private static void Store(ReadOnlySpan<Vector256<uint>> state, Span<ContentHash> hashes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var word = 0; word < state.Length; word++)
                BinaryPrimitives.WriteUInt32BigEndian(digest[(word * 4)..], state[word][lane]);
            hashes[lane] = new ContentHash(digest);
        }
    }
}
