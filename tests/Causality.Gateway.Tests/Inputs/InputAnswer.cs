using System.Globalization;
using System.Text;

namespace Causality.Gateway.Tests.Inputs;

/// <summary>An answer as it came.</summary>
/// <param name="Status">0 when the connection ended without one.</param>
/// <param name="Headers">Status line and headers.</param>
/// <param name="Body">The body.</param>
internal sealed record InputAnswer(int Status, string Headers, string Body)
{
    public static async Task<InputAnswer> OfAsync(HttpResponseMessage response)
    {
        using (response)
            return new InputAnswer((int)response.StatusCode, $"{response.Headers}{response.Content.Headers}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Reads the answer to bytes that no client would send.</summary>
    public static async Task<InputAnswer> OfAsync(Stream stream)
    {
        using var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Cut off: what has come counts.
        }

        var text = Encoding.Latin1.GetString(all.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 || !text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
            ? new InputAnswer(0, "", text)
            : new InputAnswer(int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text[..end], text[(end + 4)..]);
    }
}
