using Causality.EdgeBenchmark;

if (args is [AttackProgram.Argument, var kind, var door, var count])
{
    await AttackProgram.RunAsync(kind, door, count);
    return 0;
}

// What others pay for a peer or a stranger who misbehaves at the peers' door. The gateway is a process of its own with all limits at their defaults; the attackers share this machine
// with it, though they yield to everybody else, so each attack is also led against a second gateway, the bystander: what honest peers of the first one lose then is the machine's doing and not the gateway's.
var quick = args.Contains("--quick");
var (rounds, window) = quick ? (2, TimeSpan.FromSeconds(4)) : (5, TimeSpan.FromSeconds(10));
var slow = quick ? 500 : 2_000;
var only = args.FirstOrDefault(argument => argument.StartsWith("--only=", StringComparison.Ordinal))?["--only=".Length..] ?? "";
var report = new Report(args.Contains("--json"));
using var first = new Keys("honest-a");
using var second = new Keys("honest-b");
using var greedy = new Keys("greedy");
await using var target = await Target.StartAsync(first, second, greedy);
await using var bystander = await Target.StartAsync(first, second, greedy);
using var firstClient = first.ClientOf(target.Port, 4);
using var secondClient = second.ClientOf(target.Port, 4);
var honest = new HonestPeers([firstClient, secondClient]);
await honest.AskAsync(window); // Warm.

await CompareAsync("a peer that asks ten times as often as it may", port => Attack.BeginAsync(AttackProgram.Flood, port, Flood.PerSecond, greedy));
await CompareAsync($"{slow:N0} connections that send a byte in ten seconds", port => Attack.BeginAsync(AttackProgram.Slow, port, slow, greedy));
report.Add("honest requests that got no answer, of all", honest.Failed, null, "<= 0", honest.Failed == 0);
report.Add("the gateway's greatest memory, MB", target.PeakMegabytes(), null, "< 512", target.PeakMegabytes() < 512);
report.End();
return 0;

// Quiet, attacked and bystander windows take turns, so that what the machine does meanwhile falls on all of them.
async Task CompareAsync(string attack, Func<int, Task<Attack>> begin)
{
    if (!attack.Contains(only, StringComparison.Ordinal))
        return;
    var (quiet, attacked, beside) = (new List<double>(), new List<double>(), new List<double>());
    var (rate, refused) = (0.0, 0);
    for (var round = 0; round < rounds; round++)
    {
        quiet.Add(Percentile(await honest.AskAsync(window), 0.99));
        var running = await begin(target.Port);
        await using (running)
            attacked.Add(Percentile(await honest.AskAsync(window), 0.99));
        (rate, refused) = (Math.Max(rate, running.Figures!.Rate), refused + running.Figures.Refused);

        await using (await begin(bystander.Port))
            beside.Add(Percentile(await honest.AskAsync(window), 0.99));
    }

    report.Add($"{attack}: p99 of honest peers in ms, beside the same attack on another gateway", Median(attacked), Median(beside), "ratio <= 1.2", Median(attacked) / Median(beside) <= 1.2);
    report.Add($"{attack}: p99 of honest peers in ms, beside quiet", Median(attacked), Median(quiet));
    report.Add($"{attack}: requests or new connections a second, and requests refused", rate, refused);
}

static double Median(List<double> values) => Percentile(values, 0.5);

static double Percentile(List<double> values, double part) => values.Order().ElementAt((int)Math.Min(values.Count - 1, Math.Floor(values.Count * part)));
