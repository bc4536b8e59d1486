using System.Text;
using Causality.Protocol.Client;
using Causality.Protocol.Wire;

namespace Causality.Protocol.Tests;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("https://a.example:7443")]
    [InlineData("HTTPS://a.example/")]
    [InlineData("http://127.0.0.1")]
    public void An_address_with_its_scheme_is_read(string text) => WebAddress.TryParse(text, out _).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("//a.example")]
    [InlineData("/etc/passwd")]
    [InlineData("\\\\server\\share")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https:a.example")]
    [InlineData(" https://a.example")]
    public void Nothing_else_is(string? text) => WebAddress.TryParse(text, out _).ShouldBeFalse();

    /// <summary>Found by fuzzing: the framework's own parser throws for this text what it never tells of.</summary>
    [Fact]
    public void A_text_on_which_the_frameworks_parser_fails_is_no_address()
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String("Ly8vLy8vLy8vLy8v4oCPLy8vLy8vLyV0dHBzOiAvLy8vMC8vry8="));
        foreach (var hostile in new[] { text, "https://" + text, "https:" + text })
            PeerAddress.TryParse(hostile, out _).ShouldBeFalse();
    }
}
