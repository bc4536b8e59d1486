namespace Causality.TestKit.Servers;

/// <summary>No server was named for a test that needs one. Not worth a retry: the message says what to set or run.</summary>
public sealed class TestServersMissingException : InvalidOperationException
{
    /// <summary>Names the variable that is missing or unreadable and the ways out.</summary>
    /// <param name="variableName">The environment variable, for example <c>CAUSALITY_TEST_POSTGRES</c>.</param>
    /// <param name="expectedShape">What its value looks like, without secrets.</param>
    public TestServersMissingException(string variableName, string expectedShape)
        : base(
            $"{variableName} is not set to {expectedShape}. Run infra/scripts/test.sh, which starts servers of its own, "
            + "or infra/scripts/with-servers.sh COMMAND, or set the variable to a server that tests may use.")
    {
        VariableName = variableName;
    }

    /// <summary>The environment variable, for example <c>CAUSALITY_TEST_POSTGRES</c>.</summary>
    public string VariableName { get; }
}
