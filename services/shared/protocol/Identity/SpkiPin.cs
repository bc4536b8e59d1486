using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Causality.Protocol.Identity;

/// <summary>The name of a key: SHA-256 of its SubjectPublicKeyInfo, so that a renewed certificate keeps the identity.</summary>
/// <remarks>64 lower-case hex digits. Source: RFC 7469 §2.4 (there in base64); design §4.</remarks>
public static class SpkiPin
{
    /// <summary>Length of the text, in characters.</summary>
    public const int Length = 64;

    /// <summary>The pin of a certificate's key.</summary>
    public static string Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>True for 64 hex digits, upper or lower case.</summary>
    public static bool IsValid(string? pin) => pin is { Length: Length } && pin.All(char.IsAsciiHexDigit);

    /// <summary>True when <paramref name="pin"/> is one of <paramref name="pins"/>; looks at every one of them in constant time.</summary>
    /// <param name="pin">The pin found, as <see cref="Of"/> gives it.</param>
    /// <param name="pins">The pins expected, upper or lower case; none matches nothing.</param>
    public static bool IsOneOf(string pin, IEnumerable<string> pins)
    {
        ArgumentNullException.ThrowIfNull(pins);
        var found = Encoding.ASCII.GetBytes(pin);
        var matches = false;
        foreach (var expected in pins)
            matches |= CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected.ToLowerInvariant()), found);
        return matches;
    }
}
