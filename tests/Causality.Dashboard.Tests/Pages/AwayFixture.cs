using Causality.Dashboard.Tests.Hosting;
using Causality.TestKit.Processes;

namespace Causality.Dashboard.Tests.Pages;

/// <summary>A pair whose alpha looks for the conflict-resolver where nobody is.</summary>
public sealed class AwayFixture : OperatorPair
{
    protected override string[] Arguments { get; } = [$"--Dashboard:ConflictResolverUrl=http://127.0.0.1:{FreePorts.Take(1)[0]}"];
}
