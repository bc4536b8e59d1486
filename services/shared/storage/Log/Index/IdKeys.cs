using System.Security.Cryptography;
using Causality.Core.Reconciliation;

namespace Causality.Storage.Log.Index;

/// <summary>Keys of entry ids: SipHash with 128 bits of result, under a key that this process draws by itself and tells nobody.</summary>
/// <remarks>
/// Ids come from peers. Whoever does not know the key can make two ids share one only by chance, 2^-128 a pair, so ids are never compared. SHA-256 would do
/// without a secret and costs ten times as much for so few bytes.
/// </remarks>
internal static class IdKeys
{
    private static readonly SipHash Secret = new(RandomNumberGenerator.GetBytes(SipHash.KeyBytes));

    /// <summary>The key of an id, good in this process only.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> idUtf8) => Secret.Hash128(idUtf8);
}
