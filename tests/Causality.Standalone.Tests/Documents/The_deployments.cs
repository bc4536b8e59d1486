using System.Text.RegularExpressions;
using Causality.ServiceDefaults.Health;
using Causality.TestKit.Processes;
using YamlDotNet.RepresentationModel;

namespace Causality.Standalone.Tests.Documents;

/// <summary>What images, Compose, Kubernetes and the pages about them say of the services is true of the services.</summary>
public sealed partial class The_deployments
{
    private static readonly string Root = BuiltPrograms.RepositoryRoot;

    [Fact]
    public void Name_only_settings_that_there_are()
    {
        var (settings, found) = (ConfigurationReference.Names(), 0);
        var unknown = new List<string>();
        foreach (var file in Files())
        {
            // .NET's own section for logging is no option of ours.
            foreach (var name in Setting().Matches(File.ReadAllText(file)).Select(match => match.Value).Distinct().Where(name => !name.StartsWith("Logging__", StringComparison.Ordinal)))
            {
                found++;
                if (!settings.Contains(name.Replace("__", ":", StringComparison.Ordinal)))
                    unknown.Add($"{Path.GetRelativePath(Root, file)}: {name}");
            }
        }

        unknown.ShouldBeEmpty();
        found.ShouldBeGreaterThan(50);
        settings.ShouldNotContain("Dashboard:ManagmentUrl");
    }

    [Fact]
    public void Ask_for_health_where_it_is_told()
    {
        var asked = Directory.EnumerateFiles(Path.Combine(Root, "infra", "k8s", "base"), "*.yaml").SelectMany(file => ProbePath().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToList();

        asked.Count.ShouldBe(3 * 5);
        asked.Distinct().ShouldBe([HealthEndpoints.LivePath, HealthEndpoints.ReadyPath], ignoreOrder: true);
    }

    [Fact]
    public void Give_each_service_the_same_secrets()
    {
        var (compose, kubernetes) = (SecretsOfCompose(), SecretsOfKubernetes());

        kubernetes.Keys.ShouldBe(["scheduler", "differ", "transfer", "conflict-resolver", "gateway", "migrate"], ignoreOrder: true);
        foreach (var (service, secrets) in kubernetes)
            compose[service].ShouldBe(secrets, ignoreOrder: true, service);
    }

    // What a person copies from or applies; the validation's bad examples are no such thing.
    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Path.Combine(Root, "infra"), "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".yml" or ".yaml" or ".env" or ".sh" or ".md" || Path.GetFileName(file) == "Dockerfile")
        .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
        .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md"))
        .Append(Path.Combine(Root, "docker-compose.yml")).Append(Path.Combine(Root, "README.md"));

    // SERVICE -> "SETTING from FILE".
    private static Dictionary<string, List<string>> SecretsOfCompose()
    {
        var services = (YamlMappingNode)Read("docker-compose.yml")["services"];
        return services.ToDictionary(service => service.Key.ToString(), service => ((YamlMappingNode)service.Value).Children.TryGetValue("secrets", out var secrets)
            ? ((YamlSequenceNode)secrets).OfType<YamlMappingNode>().Select(secret => $"{secret["target"]} from {secret["source"]}").ToList()
            : []);
    }

    private static Dictionary<string, List<string>> SecretsOfKubernetes() => ((YamlSequenceNode)Read("infra", "k8s", "components", "secrets", "kustomization.yaml")["secretGenerator"])
        .ToDictionary(secret => secret["name"].ToString(), secret => ((YamlSequenceNode)secret["files"]).Select(file => file.ToString()).Where(file => Setting().IsMatch(file)).Select(file => file.Replace("=files/a/", " from ", StringComparison.Ordinal)).ToList())
        .Where(secret => secret.Value.Count > 0).ToDictionary();

    private static YamlMappingNode Read(params string[] path)
    {
        using var text = File.OpenText(Path.Combine([Root, .. path]));
        var yaml = new YamlStream();
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9]*(__[A-Z][A-Za-z0-9]*)+\b")]
    private static partial Regex Setting();

    [GeneratedRegex(@"httpGet: \{ path: (\S+),")]
    private static partial Regex ProbePath();
}
