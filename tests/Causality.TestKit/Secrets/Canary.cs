using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Causality.TestKit.Secrets;

/// <summary>A secret of a test, known in every spelling in which it could get out.</summary>
public sealed class Canary
{
    // Shorter ones are found by chance.
    private const int ShortestBytes = 12;
    private readonly List<(string Spelling, byte[] Bytes)> _spellings;

    private Canary(string name, byte[] bytes, string? text)
    {
        if (bytes.Length < ShortestBytes)
            throw new ArgumentException($"{name} has {bytes.Length} bytes; what is shorter than {ShortestBytes} is found by chance.", nameof(bytes));
        Name = name;
        _spellings = [.. SpellingsOf(bytes, text).DistinctBy(spelling => Convert.ToHexString(spelling.Bytes))];
    }

    /// <summary>What it opens, for messages; the secret itself stays out of the test's own output.</summary>
    public string Name { get; }

    /// <summary>The names of the spellings that are looked for.</summary>
    public IEnumerable<string> Spellings => _spellings.Select(spelling => spelling.Spelling);

    /// <summary>A password, token or cookie.</summary>
    /// <exception cref="ArgumentException">It is shorter than 12 bytes.</exception>
    public static Canary OfText(string name, string text) => new(name, Encoding.UTF8.GetBytes(text), text);

    /// <summary>A key.</summary>
    /// <exception cref="ArgumentException">It is shorter than 12 bytes.</exception>
    public static Canary OfBytes(string name, byte[] bytes) => new(name, bytes, null);

    /// <summary>The spelling that stands in these bytes, or null.</summary>
    public string? FindIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var (spelling, needle) in _spellings)
        {
            if (bytes.IndexOf(needle) >= 0)
                return spelling;
        }

        return null;
    }

    private static IEnumerable<(string Spelling, byte[] Bytes)> SpellingsOf(byte[] bytes, string? text)
    {
        yield return ("as it is", bytes);
        yield return ("hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
        yield return ("hexadecimal, upper case", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));

        // What stands before the secret shifts its base64: user:password looks different from password.
        for (var before = 0; before < 3; before++)
        {
            var inner = InnerBase64(bytes, before);
            yield return ($"base64, {before} bytes in", Encoding.ASCII.GetBytes(inner));
            yield return ($"base64url, {before} bytes in", Encoding.ASCII.GetBytes(inner.Replace('+', '-').Replace('/', '_')));
        }

        if (text is null)
            yield break;
        yield return ("UTF-16", Encoding.Unicode.GetBytes(text));
        yield return ("url-encoded", Encoding.UTF8.GetBytes(Uri.EscapeDataString(text)));
        yield return ("url-encoded as a form", Encoding.UTF8.GetBytes(WebUtility.UrlEncode(text)));
        yield return ("escaped in JSON", Encoding.UTF8.GetBytes(JavaScriptEncoder.Default.Encode(text)));
        yield return ("escaped in HTML", Encoding.UTF8.GetBytes(HtmlEncoder.Default.Encode(text)));
    }

    /// <summary>The characters of the base64 that depend on the secret alone, with so many bytes before it and any number after it.</summary>
    private static string InnerBase64(byte[] bytes, int before)
    {
        var all = Convert.ToBase64String([.. new byte[before], .. bytes]);
        var from = ((before * 8) + 5) / 6;
        return all[from..((before + bytes.Length) * 8 / 6)];
    }
}
