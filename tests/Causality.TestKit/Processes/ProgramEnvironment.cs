namespace Causality.TestKit.Processes;

/// <summary>The environment of the programs that tests start.</summary>
internal static class ProgramEnvironment
{
    /// <summary>What many processes on a small machine want: the workstation collector, no second compilation, and pages of compiled code that are not mapped twice; and the given variables, which go before.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> given)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_EnableWriteXorExecute"] = "0",
            ["DOTNET_NOLOGO"] = "1",
            ["NO_COLOR"] = "1",
        };
        foreach (var (name, value) in given)
            variables[name] = value;
        return variables;
    }
}
