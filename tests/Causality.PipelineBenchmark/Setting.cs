namespace Causality.PipelineBenchmark;

/// <summary>Where the operator under test is, and how much to measure. What is read comes from <c>bench.sh</c>.</summary>
internal sealed record Setting(string Control, string Gateway, Uri Amqp, string? Postgres, string? ProcessFile, string? ServerPidFile, bool Json, bool Quick)
{
    /// <summary>Peers, each an operator of its own with its own gateway: one sync at a time runs with each.</summary>
    public int Peers => Quick ? 8 : 16;

    /// <summary>Syncs before anything is measured: code is compiled and pools are filled meanwhile.</summary>
    public int WarmUp => Quick ? 400 : 1_000;

    /// <summary>Syncs one after the other.</summary>
    public int Sequential => Quick ? 60 : 300;

    /// <summary>Syncs as many at once as there are peers.</summary>
    public int Crowded => Quick ? 300 : 2_000;

    /// <summary>Longest wait for one answer; longer is a fault, not a figure.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(60);

    /// <exception cref="InvalidOperationException">A variable is missing.</exception>
    public static Setting Read(string[] args) => new(
        Required("BENCH_CONTROL"), Required("BENCH_GATEWAY"), new Uri(Required("BENCH_AMQP")), Environment.GetEnvironmentVariable("BENCH_POSTGRES"),
        Environment.GetEnvironmentVariable("BENCH_PROCESSES"), Environment.GetEnvironmentVariable("BENCH_SERVER_PIDS"), args.Contains("--json"), args.Contains("--quick"));

    private static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{name} is not set; run infra/scripts/bench.sh pipeline.");
}
