using System.Diagnostics;
using System.Globalization;
using Causality.Fuzzing;

// fuzz.sh hands its arguments on: --minutes N | --cases N | --case N, --target T, --seed S.
var options = new Dictionary<string, string>(StringComparer.Ordinal);
for (var index = 0; index + 1 < args.Length; index += 2)
    options[args[index]] = args[index + 1];
if (args.Length % 2 != 0 || options.Keys.Except(["--minutes", "--cases", "--case", "--target", "--seed"]).Any())
    return Usage($"unknown or incomplete arguments: {string.Join(' ', args)}");

var targets = FuzzTargets.All.Where(target => !options.TryGetValue("--target", out var name) || target.Name == name).ToList();
if (targets.Count == 0)
    return Usage($"no target is named '{options["--target"]}'; there are {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}");

var seed = Number("--seed", Random.Shared.Next());
if (options.ContainsKey("--case"))
{
    var (_, again) = FuzzRun.Cases(targets[0], seed, Number("--case", 0), 1);
    Console.WriteLine(again?.ToString() ?? "The case passes.");
    return again is null ? 0 : 1;
}

var limit = options.ContainsKey("--minutes") ? TimeSpan.FromMinutes(Number("--minutes", 1)) : Timeout.InfiniteTimeSpan;
var perTarget = options.ContainsKey("--minutes") ? int.MaxValue / 2 : Number("--cases", 10_000);
const int Chunk = 1_000;
var watch = Stopwatch.StartNew();
Console.WriteLine($"seed {seed}, targets {string.Join(", ", targets.Select(target => target.Name))}");
var total = 0L;
for (var first = 0; first < perTarget && (limit == Timeout.InfiniteTimeSpan || watch.Elapsed < limit); first += Chunk)
{
    foreach (var target in targets)
    {
        var (_, fault) = FuzzRun.Cases(target, seed, first, Math.Min(Chunk, perTarget - first), () => limit != Timeout.InfiniteTimeSpan && watch.Elapsed > limit);
        if (fault is not null)
        {
            Console.WriteLine(fault);
            return 1;
        }

        total += Chunk;
    }
}

Console.WriteLine($"about {total:N0} cases in {watch.Elapsed.TotalSeconds:N0} s, nothing found");
return 0;

int Number(string option, int absent) => options.TryGetValue(option, out var text) ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : absent;

static int Usage(string fault)
{
    Console.Error.WriteLine($"fuzz: {fault}\nusage: fuzz.sh [--minutes N | --cases N | --case N] [--target T] [--seed S]");
    return 2;
}
