using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Causality.Protocol.Server.Forwarding;

/// <summary>The forms in which proxies write a certificate into a header.</summary>
internal static class ForwardedCertificateText
{
    private const string EnvoyMember = "Cert=";
    private const int MaxLength = 16 * 1024;

    /// <summary>Reads percent-encoded PEM (nginx, HAProxy), base64 of DER (IIS and others) or Envoy's <c>X-Forwarded-Client-Cert</c>.</summary>
    /// <returns>Null for anything else. Of several elements in Envoy's form none is taken: which of them is meant depends on proxies before the one that is named.</returns>
    public static X509Certificate2? Parse(string text)
    {
        if (text.Length > MaxLength)
            return null;
        var value = text.Contains(EnvoyMember, StringComparison.OrdinalIgnoreCase) && !text.StartsWith("-----", StringComparison.Ordinal) ? EnvoyCertificate(text) : text;
        if (value is null)
            return null;
        try
        {
            var decoded = Uri.UnescapeDataString(value);
            return decoded.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal)
                ? X509Certificate2.CreateFromPem(decoded)
                : X509CertificateLoader.LoadCertificate(Convert.FromBase64String(decoded));
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static string? EnvoyCertificate(string text)
    {
        string? found = null;
        foreach (var member in Members(text))
        {
            if (!member.StartsWith(EnvoyMember, StringComparison.OrdinalIgnoreCase))
                continue;
            if (found is not null)
                return null;
            found = member[EnvoyMember.Length..].Trim('"');
        }

        return found;
    }

    // Values in quotes may hold the separators.
    private static IEnumerable<string> Members(string text)
    {
        var (start, isQuoted) = (0, false);
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && text[index] == '"')
                isQuoted = !isQuoted;
            if (index < text.Length && (isQuoted || text[index] is not (';' or ',')))
                continue;
            yield return text[start..index].Trim();
            start = index + 1;
        }
    }
}
