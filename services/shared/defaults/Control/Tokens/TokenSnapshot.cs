using System.Security.Cryptography;

namespace Causality.ServiceDefaults.Control.Tokens;

/// <summary>Every token as it stood at one moment.</summary>
/// <param name="ReadAt">Timestamp of the reading.</param>
/// <param name="Tokens">With revoked and expired ones, so that a failure has its reason.</param>
/// <param name="IsClosed">True once a token was made or configured: from then on nobody acts without one, whatever becomes of it.</param>
internal sealed record TokenSnapshot(long ReadAt, IReadOnlyList<KnownToken> Tokens, bool IsClosed)
{
    /// <summary>True when somebody could act with a token at this moment.</summary>
    public bool AnyIsGoodAt(DateTimeOffset now) => Tokens.Any(token => token.FaultAt(now) is null);

    /// <summary>The token of that hash, or null. Every token is compared, each in constant time, so that the time tells nothing of which.</summary>
    public KnownToken? Find(ReadOnlySpan<byte> hash)
    {
        KnownToken? found = null;
        foreach (var token in Tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(token.Hash, hash))
                found = token;
        }

        return found;
    }
}
