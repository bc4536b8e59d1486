using Causality.Standalone.Embedding;
using Causality.TestKit.Operators;

namespace Causality.Observability.Tests.Tools;

/// <summary>Reads metrics as Prometheus would.</summary>
internal static class Scraping
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    public static Task<string> ReadAsync(string address) => Http.GetStringAsync(new Uri(address), TestContext.Current.CancellationToken);

    public static Task<string> ScrapeAsync(this CausalityOperator one) => ReadAsync($"{one.Address}/metrics");

    /// <summary>Scrapes until a page is as wanted.</summary>
    public static Task<string> ScrapeUntilAsync(this CausalityOperator one, Func<IReadOnlyList<Sample>, bool> wanted, string what) =>
        Eventually.BecomesAsync(one.ScrapeAsync, page => wanted(Sample.ReadPage(page)), what, TestContext.Current.CancellationToken);

    /// <summary>The value of a series, or null.</summary>
    public static double? Value(this IEnumerable<Sample> samples, string name, params (string Label, string Value)[] labels) =>
        samples.FirstOrDefault(sample => sample.Name == name && labels.All(label => sample[label.Label] == label.Value))?.Value;
}
