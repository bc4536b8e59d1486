using System.CommandLine;
using System.Globalization;
using Causality.Contracts.Http.Control;
using Causality.Standalone.Commands.Help;
using Causality.Standalone.Input;
using Spectre.Console;

namespace Causality.Standalone.Commands;

/// <summary><c>causality tokens create|list|revoke</c>.</summary>
internal static class TokensCommand
{
    public static Command Create(CommonOptions common) => new("tokens", "Make, show and revoke the tokens by which people and programs are known.") { Make(common), List(common), Revoke(common) };

    private static Command Make(CommonOptions common)
    {
        var name = new Argument<string>("NAME") { Description = "Who or what it is for: lower-case letters, digits and '-'." };
        var roles = new Option<string>("--role") { Description = "What it may do: any of read, operate (which includes read) and append, separated by commas.", Required = true };
        var expires = new Option<string?>("--expires") { Description = "When it ends: after a time such as 90d, 12h or 30m. Default: never." };
        return common.Command("create", "Make a token and print it, once. With the first one, requests without a token end.", async (parsed, client, cancellationToken) =>
        {
            var created = await client.CreateTokenAsync(
                new TokenRequest
                {
                    Name = parsed.GetValue(name),
                    Roles = parsed.GetValue(roles)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                    ExpiresAt = parsed.GetValue(expires) is { } text ? TimeProvider.System.GetUtcNow() + ReadTime(text) : null,
                }, cancellationToken);
            Output.Print(parsed.GetValue(common.Json), created, () =>
            {
                // The token alone on standard output, so that a script can keep it: causality tokens create ci --role append > ci.token
                Console.WriteLine(created.Token);
                Console.Error.WriteLine($"Token {created.Info.Name} may {string.Join(", ", created.Info.Roles)}{(created.Info.ExpiresAt is { } end ? $" until {Moment(end)}" : "")}. It is not shown again; give it by --token-file or CAUSALITY_TOKEN.");
            });
            return Failures.Success;
        }, name, roles, expires).WithExamples("causality tokens create root --role operate > root.token", "causality tokens create billing --role append --expires 90d");
    }

    private static Command List(CommonOptions common) => common.Command("list", "List the tokens, without their text.", async (parsed, client, cancellationToken) =>
    {
        var tokens = await client.TokensAsync(cancellationToken);
        Output.Print(parsed.GetValue(common.Json), tokens, () =>
        {
            var table = new Table().AddColumns("Token", "Roles", "State", "Made", "By", "Expires", "Last used");
            foreach (var token in tokens)
                table.AddRow(token.Name, string.Join(", ", token.Roles), token.State, Moment(token.CreatedAt), token.CreatedBy, Moment(token.ExpiresAt), Moment(token.LastUsedAt));
            Terminal.Output.Write(table);
        });
        return Failures.Success;
    }).WithExamples("causality tokens list");

    private static Command Revoke(CommonOptions common)
    {
        var name = new Argument<string>("NAME") { Description = "The token." };
        return common.Command("revoke", "Revoke a token: within two seconds it is worth nothing anywhere, and its sessions end.", async (parsed, client, cancellationToken) =>
        {
            await client.RevokeTokenAsync(parsed.GetValue(name)!, cancellationToken);
            Output.Print(parsed.GetValue(common.Json), new { revoked = parsed.GetValue(name) }, () => Console.WriteLine($"Token {parsed.GetValue(name)} revoked."));
            return Failures.Success;
        }, name).WithExamples("causality tokens revoke billing");
    }

    private static TimeSpan ReadTime(string text)
    {
        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 100_000)
        {
            switch (text[^1])
            {
                case 'd': return TimeSpan.FromDays(number);
                case 'h': return TimeSpan.FromHours(number);
                case 'm': return TimeSpan.FromMinutes(number);
            }
        }

        throw new InputException($"--expires is '{text}'; give a number of days, hours or minutes, such as 90d, 12h or 30m.");
    }

    private static string Moment(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
