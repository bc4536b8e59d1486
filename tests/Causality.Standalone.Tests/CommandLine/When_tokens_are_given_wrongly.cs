namespace Causality.Standalone.Tests.CommandLine;

/// <summary>What a person gets wrong about tokens.</summary>
public sealed class When_tokens_are_given_wrongly(ServedFixture fixture) : IClassFixture<ServedFixture>
{
    [Theory]
    [InlineData("status --token x --token-file y", "both given")]
    [InlineData("status --token-file nowhere.token", "cannot be read")]
    [InlineData("status --token-file empty.token", "is no token")]
    [InlineData("status --token-file two-words.token", "is no token")]
    [InlineData("tokens create Root --role read", "name")]
    [InlineData("tokens create reader --role root", "roles")]
    [InlineData("tokens create reader --role read --expires soon", "--expires is 'soon'")]
    [InlineData("tokens create reader --role read --expires 0d", "--expires is '0d'")]
    [InlineData("tokens revoke nobody", "nobody")]
    public async Task What_is_wrong_is_named_and_the_token_is_not(string arguments, string words)
    {
        fixture.Operator.Write("empty.token");
        fixture.Operator.Write("two-words.token", "secret-one secret-two");

        var run = await fixture.Operator.RunAsync(arguments.Split(' '));

        run.ShouldFail(words);
        run.Error.ShouldNotContain("secret-one");
    }
}
