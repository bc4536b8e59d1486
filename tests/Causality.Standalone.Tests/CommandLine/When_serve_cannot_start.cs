using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>What keeps an operator from starting is told in a sentence.</summary>
public sealed class When_serve_cannot_start(ServedFixture fixture) : IClassFixture<ServedFixture>
{
    private readonly int[] _ports = FreePorts.Take(2);

    private ServedOperator Running => fixture.Operator;

    [Fact]
    public async Task A_busy_application_port_is_named() =>
        (await ServeAsync("--id", "operator-b", "--data", "other-1", "--url", Running.Url.OriginalString, "--peer-url", Peer)).ShouldFail(Running.Url.OriginalString, "port", "choose another");

    [Fact]
    public async Task A_busy_peer_port_is_named() =>
        (await ServeAsync("--id", "operator-b", "--data", "other-2", "--url", Url, "--peer-url", Running.PeerUrl.OriginalString)).ShouldFail(Running.PeerUrl.OriginalString, "port", "choose another");

    [Fact]
    public async Task The_data_folder_of_another_operator_is_refused() =>
        (await ServeAsync("--id", "operator-b", "--data", Running.Data, "--url", Url, "--peer-url", Peer)).ShouldFail("operator-a", "operator-b", Running.Data);

    [Fact]
    public async Task A_missing_id_or_folder_is_named()
    {
        (await ServeAsync("--data", "other-3")).ShouldFail("--id is missing", "operator-a");
        (await ServeAsync("--id", "operator-b")).ShouldFail("--data is missing");
        Directory.Exists(Path.Combine(Running.Folder, "other-3")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_wrong_id_or_setting_is_named()
    {
        (await ServeAsync("--id", "Operator B", "--data", "other-4", "--url", Url, "--peer-url", Peer)).ShouldFail("Operator B", "lower-case");
        (await ServeAsync("--id", "operator-b", "--data", "other-5", "--peer-urll", Peer)).ShouldFail("--peer-urll");
        (await ServeAsync("--id", "operator-b", "--data", "other-6", "--url", Url, "--peer-url", Peer, "--Sync:MaxRetries=1000")).ShouldFail("Sync:MaxRetries", "1000", "100");
    }

    [Fact]
    public async Task What_runs_is_not_disturbed_and_not_noisy()
    {
        (await Running.RunAsync("peers", "remove", "nobody")).ExitCode.ShouldBe(1);
        (await Running.RunAsync("status")).Output.ShouldContain("operator-a");
        Running.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeLessThan(6, Running.Log);
    }

    private string Url => $"http://127.0.0.1:{_ports[0]}";

    private string Peer => $"https://127.0.0.1:{_ports[1]}";

    private Task<ProgramRun> ServeAsync(params string[] arguments) => Cli.RunAsync(Running.Folder, Running.Url, ["serve", .. arguments]);
}
