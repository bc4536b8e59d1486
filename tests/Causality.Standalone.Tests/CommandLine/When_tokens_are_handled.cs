using System.Text.Json;
using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>A person makes the operator ask for tokens, and works with them.</summary>
public sealed class When_tokens_are_handled : IAsyncLifetime
{
    private ServedOperator _operator = null!;

    public async ValueTask InitializeAsync() => _operator = await ServedOperator.StartAsync("operator-a");

    public ValueTask DisposeAsync() => _operator.DisposeAsync();

    [Fact]
    public async Task The_first_one_ends_the_time_without()
    {
        (await _operator.RunAsync("peers", "list")).ExitCode.ShouldBe(0);

        var made = await _operator.RunAsync("tokens", "create", "root", "--role", "operate");

        // The token alone on standard output, so that it can go to a file; who it is for stands beside.
        made.ExitCode.ShouldBe(0, made.Error);
        var token = made.Output.TrimEnd('\n');
        token.ShouldStartWith("causality_");
        token.ShouldNotContain(" ");
        made.Error.ShouldContain("Token root may operate");
        made.Error.ShouldNotContain(token);
        (await _operator.RunAsync("peers", "list")).ShouldFail("valid token", "--token-file");
        (await _operator.RunAsync("peers", "list", "--token-file", _operator.Write("root.token", token))).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Each_may_what_its_roles_say_and_is_worth_nothing_once_it_is_revoked()
    {
        var root = await MakeAsync("root", "operate");
        var reader = await MakeAsync("reader", "read", "--token-file", root);
        var writer = await MakeAsync("writer", "append", "--token-file", root, "--expires", "90d");
        var lines = _operator.Write("a.jsonl", Lines.Make("by-writer", 3));

        (await _operator.RunAsync("status", "--token-file", reader)).ExitCode.ShouldBe(0);
        (await _operator.RunAsync("append", lines, "--token-file", reader)).ShouldFail("role 'append'");
        (await _operator.RunAsync("append", lines, "--token-file", writer)).ExitCode.ShouldBe(0);
        (await _operator.RunAsync("status", "--token-file", writer)).ShouldFail("role 'read'");
        (await _operator.RunAsync("tokens", "list", "--token-file", reader)).ShouldFail("role 'operate'");
        (await _operator.RunAsync("tokens", "revoke", "reader", "--token-file", root)).Output.ShouldBe("Token reader revoked.\n");
        (await _operator.RunAsync("status", "--token-file", reader)).ShouldFail("valid token");

        var list = await _operator.RunAsync("tokens", "list", "--json", "--token-file", root);
        list.ExitCode.ShouldBe(0, list.Error);
        foreach (var file in new[] { root, reader, writer })
            list.Output.ShouldNotContain((await File.ReadAllTextAsync(Path.Combine(_operator.Folder, file), TestContext.Current.CancellationToken)).Trim());
        using var json = JsonDocument.Parse(list.Output);
        json.RootElement.EnumerateArray().Select(token => $"{token.GetProperty("name")} {token.GetProperty("state")}").ShouldBe(["root active", "reader revoked", "writer active"], ignoreOrder: true);
        var end = json.RootElement.EnumerateArray().Single(token => token.GetProperty("name").GetString() == "writer").GetProperty("expires_at").GetDateTimeOffset();
        end.ShouldBeInRange(DateTimeOffset.UtcNow.AddDays(89), DateTimeOffset.UtcNow.AddDays(91));
        (await _operator.RunAsync("tokens", "list", "--token-file", root)).Output.ShouldContain("writer");
    }

    [Fact]
    public async Task It_comes_from_the_option_the_file_or_the_environment_in_this_order()
    {
        var file = await MakeAsync("root", "operate");
        var token = (await File.ReadAllTextAsync(Path.Combine(_operator.Folder, file), TestContext.Current.CancellationToken)).Trim();
        const string wrong = "causality_wrong_wrong_wrong_wrong_wrong_wrong";

        (await WithAsync([("CAUSALITY_TOKEN", token)], "status")).ExitCode.ShouldBe(0);
        (await WithAsync([("CAUSALITY_TOKEN_FILE", file)], "status")).ExitCode.ShouldBe(0);
        (await WithAsync([("CAUSALITY_TOKEN", wrong)], "status", "--token-file", file)).ExitCode.ShouldBe(0);
        (await WithAsync([("CAUSALITY_TOKEN", wrong), ("CAUSALITY_TOKEN_FILE", file)], "status", "--token", token)).ExitCode.ShouldBe(0);
        var refused = await WithAsync([("CAUSALITY_TOKEN", wrong), ("CAUSALITY_TOKEN_FILE", file)], "status");
        refused.ShouldFail("valid token");
        refused.Error.ShouldNotContain(wrong);
    }

    private async Task<string> MakeAsync(string name, string role, params string[] options)
    {
        var made = await _operator.RunAsync(["tokens", "create", name, "--role", role, .. options]);
        made.ExitCode.ShouldBe(0, made.Error);
        return _operator.Write(name + ".token", made.Output);
    }

    private Task<ProgramRun> WithAsync((string Name, string Value)[] variables, params string[] arguments) => ProgramRun.ToEndAsync(
        "dotnet", [BuiltPrograms.Causality, .. arguments],
        new Dictionary<string, string>(variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value))) { ["CAUSALITY_URL"] = _operator.Url.AbsoluteUri }, _operator.Folder, TestContext.Current.CancellationToken);
}
