using System.Reflection;
using Causality.Observability.Tests.Tools;
using Causality.TestKit.Processes;

namespace Causality.Observability.Tests.Alerts;

/// <summary>Rules that Prometheus accepts, each with a page for whoever is woken and a test that makes its cause.</summary>
public sealed class The_rule_file
{
    [Fact]
    public async Task Should_satisfy_promtool()
    {
        Promtool.Require();

        var (code, output) = await Promtool.RunAsync(null, "check", "rules", RuleTrial.RulesFile);

        code.ShouldBe(0, output);
    }

    [Fact]
    public void Should_have_a_proof_for_every_alert()
    {
        var proven = typeof(The_rule_file).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttribute<ProvesAttribute>()?.Alerts ?? []).ToHashSet();

        proven.Order(StringComparer.Ordinal).ShouldBe(RuleTrial.Alerts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_have_a_page_for_every_alert_and_no_other()
    {
        var pages = Directory.GetFiles(Path.Combine(BuiltPrograms.RepositoryRoot, "infra", "runbooks"), "*.md").Select(Path.GetFileNameWithoutExtension).Where(name => name != "README").ToList();

        pages.Order(StringComparer.Ordinal).ShouldBe(RuleTrial.Alerts.Order(StringComparer.Ordinal));
        var rules = File.ReadAllText(RuleTrial.RulesFile);
        foreach (var alert in RuleTrial.Alerts)
            rules.ShouldContain($"runbook: infra/runbooks/{alert}.md");
    }
}
