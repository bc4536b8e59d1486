using System.CommandLine;
using Causality.Standalone.Client;
using Causality.Standalone.Embedding;
using Causality.Standalone.Input;

namespace Causality.Standalone.Commands;

/// <summary>The options that every command which talks to an operator has.</summary>
internal sealed class CommonOptions
{
    public Option<string> Url { get; } = new("--url")
    {
        Description = "The operator's control API. Environment: CAUSALITY_URL.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CAUSALITY_URL") is { Length: > 0 } url ? url : OperatorHosting.DefaultUrl,
    };

    public Option<string?> GatewayUrl { get; } = new("--gateway-url")
    {
        Description = "The gateway's application API, where the services run apart. Environment: CAUSALITY_GATEWAY_URL. Default: the same as --url.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CAUSALITY_GATEWAY_URL") is { Length: > 0 } url ? url : null,
    };

    public Option<string?> ConflictsUrl { get; } = new("--conflicts-url")
    {
        Description = "The conflict-resolver's control API, where the services run apart. Environment: CAUSALITY_CONFLICTS_URL. Default: the same as --url.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CAUSALITY_CONFLICTS_URL") is { Length: > 0 } url ? url : null,
    };

    public Option<string?> Token { get; } = new("--token")
    {
        Description = "The token to act with. Other users of this machine can see it in the list of processes: prefer --token-file or the environment, CAUSALITY_TOKEN.",
    };

    public Option<string?> TokenFile { get; } = new("--token-file") { Description = "A file that holds the token. Environment: CAUSALITY_TOKEN_FILE." };

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON." };

    /// <summary>A command with these options, run with a client.</summary>
    public Command Command(string name, string description, Func<ParseResult, OperatorClient, CancellationToken, Task<int>> run, params IEnumerable<Symbol> symbols)
    {
        var command = new Command(name, description) { Url, GatewayUrl, ConflictsUrl, Token, TokenFile, Json };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }

        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(async () =>
        {
            var url = ReadUrl(parsed.GetValue(Url)!, "--url");
            using var client = new OperatorClient(
                url, parsed.GetValue(GatewayUrl) is { } gateway ? ReadUrl(gateway, "--gateway-url") : url, parsed.GetValue(ConflictsUrl) is { } conflicts ? ReadUrl(conflicts, "--conflicts-url") : url,
                TokenInput.Read(parsed.GetValue(Token), parsed.GetValue(TokenFile)));
            return await run(parsed, client, cancellationToken);
        }));
        return command;
    }

    private static Uri ReadUrl(string text, string option) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new InputException($"{option} is '{text}'; give an address such as {OperatorHosting.DefaultUrl}.");
}
