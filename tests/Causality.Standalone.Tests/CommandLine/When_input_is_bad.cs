using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>A message names the line, field or address and the way out; nothing is appended.</summary>
public sealed class When_input_is_bad(ServedFixture fixture) : IClassFixture<ServedFixture>
{
    private static readonly string Zeros = new('0', 64);

    private ServedOperator One => fixture.Operator;

    [Fact]
    public async Task A_malformed_line_is_named() =>
        await ShouldRefuseAsync([Lines.Entry("good"), """{"id":"bad","timestamp":"soon","entry_type":"fact","data":1}"""], "line 2", "timestamp", "RFC 3339");

    [Fact]
    public async Task A_line_that_is_no_JSON_is_named() => await ShouldRefuseAsync([Lines.Entry("good"), "", "{\"id\":"], "line 3");

    [Fact]
    public async Task A_duplicate_in_the_file_is_named() =>
        await ShouldRefuseAsync([Lines.Entry("twice"), Lines.Entry("other"), Lines.Entry("twice", data: "2")], "line 3", "'twice'", "line 1", "its own id");

    [Fact]
    public async Task A_duplicate_in_the_log_is_named()
    {
        (await One.RunAsync("append", One.Write("first.jsonl", Lines.Entry("taken")))).ExitCode.ShouldBe(0);
        await ShouldRefuseAsync([Lines.Entry("new-one"), Lines.Entry("taken", data: "2")], "line 2", "taken", "Nothing was appended");
    }

    [Fact]
    public async Task An_oversized_entry_is_named() =>
        await ShouldRefuseAsync([Lines.Entry("good"), Lines.Entry("large", data: $"\"{new string('x', 2 * 1024 * 1024)}\"")], "line 2", "bytes");

    [Fact]
    public async Task A_missing_file_is_named() => (await One.RunAsync("append", "absent.jsonl")).ShouldFail("absent.jsonl", "Check the name");

    [Fact]
    public async Task A_folder_is_no_file() => (await One.RunAsync("append", ".")).ShouldFail("cannot be read");

    [Fact]
    public async Task An_unknown_peer_is_named()
    {
        (await One.RunAsync("sync", "nobody", "--wait")).ShouldFail("'nobody'", "add it");
        (await One.RunAsync("peers", "remove", "nobody")).ShouldFail("'nobody'");
    }

    [Fact]
    public async Task A_wrong_pin_is_told_with_both()
    {
        var pin = await One.ReadPinAsync();
        (await One.RunAsync("peers", "add", "operator-b", "--address", One.PeerUrl.OriginalString, "--pin", "abc")).ShouldFail("pins[0]", "64");
        (await One.RunAsync("peers", "add", "operator-b", "--address", One.PeerUrl.OriginalString, "--pin", Zeros)).ExitCode.ShouldBe(0);

        var run = await One.RunAsync("sync", "operator-b", "--wait");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("pin-mismatch");
        run.Output.ShouldContain(Zeros);
        run.Output.ShouldContain(pin);
        (await One.RunAsync("peers", "remove", "operator-b")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task An_unreachable_peer_is_named_with_its_address()
    {
        var address = $"https://127.0.0.1:{FreePorts.Take(1)[0]}";
        (await One.RunAsync("peers", "add", "operator-c", "--address", address, "--pin", Zeros)).ExitCode.ShouldBe(0);

        var run = await One.RunAsync("sync", "operator-c", "--wait");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("peer-unavailable");
        run.Output.ShouldContain(address);
        (await One.RunAsync("peers", "remove", "operator-c")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task No_operator_at_the_address_is_told_with_the_way_out()
    {
        var nowhere = new Uri($"http://127.0.0.1:{FreePorts.Take(1)[0]}");
        (await Cli.RunAsync(One.Folder, nowhere, "status")).ShouldFail(nowhere.OriginalString, "causality serve", "--url");
        (await One.RunAsync("status", "--url", "not an address")).ShouldFail("--url", "not an address");
    }

    private async Task ShouldRefuseAsync(string[] lines, params string[] words)
    {
        var before = (await One.RunAsync("log")).Output;
        (await One.RunAsync("append", One.Write("bad.jsonl", lines))).ShouldFail(["bad.jsonl", .. words]);
        (await One.RunAsync("log")).Output.ShouldBe(before);
    }
}
