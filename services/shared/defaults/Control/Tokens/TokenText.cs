using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Causality.ServiceDefaults.Control.Tokens;

/// <summary>The text of a token: <c>causality_</c> and 256 random bits in base64url, so that scanners for leaked secrets know it by sight.</summary>
internal static class TokenText
{
    /// <summary>Longest text that is looked at.</summary>
    public const int MaxLength = 512;

    private const string Prefix = "causality_";
    private const int RandomBytes = 32;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>What is stored and compared. A fast hash is enough: there is no guessing 256 random bits.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>True for what can be a token that a person has chosen.</summary>
    public static bool IsLongEnough(string text) => text.Length is >= ControlOptions.MinTokenLength and <= MaxLength && IsPrintable(text);

    /// <summary>True when it can stand in a header: no spaces, no control characters, ASCII.</summary>
    public static bool IsPrintable(string text) => text.All(character => character is > ' ' and <= '~');
}
