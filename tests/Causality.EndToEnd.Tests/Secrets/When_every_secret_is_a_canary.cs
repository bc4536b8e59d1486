using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Causality.TestKit.Secrets;

namespace Causality.EndToEnd.Tests.Secrets;

/// <summary>No secret leaves the place where it belongs, whatever two operators of separate processes go through.</summary>
public sealed class When_every_secret_is_a_canary(CanaryOperators operators) : IClassFixture<CanaryOperators>
{
    /// <summary>Every kind of place; those in which a peer's name has something to do, where the search must find it.</summary>
    private static readonly (string Kind, bool NamesPeers)[] Kinds =
    [
        ("logs", true), ("metrics", true), ("traces exported", true), ("metrics exported", true), ("logs exported", true), ("problem bodies", true), ("messages", true), ("dead letters", true), ("database", true),
        ("command line", true), ("pages", false), ("health", false), ("command lines", false), ("broker connections", false), ("files", false),
    ];

    [Fact]
    public void Should_tell_none_anywhere() => operators.Places.SelectMany(place => place.Sightings(operators.Canaries)).ShouldBeEmpty();

    [Fact]
    public void Should_have_looked_at_every_kind_of_secret() => operators.Canaries.Count.ShouldBeGreaterThan(30, string.Join("\n", operators.Canaries.Select(canary => canary.Name)));

    /// <summary>The twin: the same search, over the same places, for something that is to be seen in them.</summary>
    [Fact]
    public void Should_find_in_every_place_what_is_no_secret()
    {
        Canary[] planted = [Canary.OfText("the planted name", operators.Planted)];
        operators.Places.Select(place => place.Kind).Distinct().ShouldBe(Kinds.Select(kind => kind.Kind), ignoreOrder: true);
        operators.Places.Where(place => place.Kind != "files" && place.Kind != "database" && place.Bytes.Length == 0).ShouldBeEmpty();
        operators.Places.Where(place => place.Sightings(planted).Any()).Select(place => place.Kind).Distinct().ShouldBe(Kinds.Where(kind => kind.NamesPeers).Select(kind => kind.Kind), ignoreOrder: true);
    }

    /// <summary>The other twin: each spelling of a secret that somebody let out is found in the midst of other bytes.</summary>
    [Fact]
    public void Should_find_a_secret_in_each_spelling()
    {
        const string secret = "p+/%=;@'\"0123456789abcdef &<:é";
        var bytes = Encoding.UTF8.GetBytes(secret);
        var canary = Canary.OfText("planted", secret);
        foreach (var (spelling, text) in new[]
        {
            ("as it is", secret), ("hexadecimal", Convert.ToHexStringLower(bytes)), ("hexadecimal, upper case", Convert.ToHexString(bytes)), ("base64, 0 bytes in", Convert.ToBase64String(bytes)),
            ("base64, 1 bytes in", Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{secret}..")[1..])), ("base64, 2 bytes in", Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{secret}!"))),
            ("url-encoded", Uri.EscapeDataString(secret)), ("url-encoded as a form", WebUtility.UrlEncode(secret)), ("escaped in JSON", JsonSerializer.Serialize(secret)),
            ("escaped in HTML", HtmlEncoder.Default.Encode(secret)),
        })
        {
            canary.Spellings.ShouldContain(spelling);
            canary.FindIn(Encoding.UTF8.GetBytes($"before {text} after")).ShouldBe(spelling);
            canary.FindIn(Encoding.UTF8.GetBytes($"before {text.Remove(text.Length / 2, 1)} after")).ShouldBeNull(spelling);
        }
    }
}
