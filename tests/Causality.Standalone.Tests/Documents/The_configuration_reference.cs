using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.Documents;

/// <summary><c>docs/configuration.md</c> says what the options say.</summary>
public sealed class The_configuration_reference
{
    private static readonly string Page = Path.Combine(BuiltPrograms.RepositoryRoot, "docs", "configuration.md");

    [Fact]
    public void Is_what_the_options_say()
    {
        var made = ConfigurationReference.Make();
        if (Environment.GetEnvironmentVariable("CAUSALITY_WRITE_DOCUMENTS") == "1")
            File.WriteAllText(Page, made);

        (File.Exists(Page) ? File.ReadAllText(Page) : "").ShouldBe(made, "stale: set CAUSALITY_WRITE_DOCUMENTS=1 and run this test once");
    }

    [Fact]
    public void Knows_every_section_and_says_what_each_setting_means()
    {
        ConfigurationReference.Undocumented().ShouldBeEmpty();
        var page = ConfigurationReference.Make();
        foreach (var setting in (string[])["`Storage:DataFolder`", "`Storage:S3:Bucket`", "`Sync:SyncInterval`", "`Bus:Uri`", "`Gateway:PeerUrl`", "`Scrub:BytesPerSecond`", "`Conflicts:"])
            page.ShouldContain(setting);
    }
}
