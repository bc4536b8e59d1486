using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Causality.Contracts.Http;
using Microsoft.Extensions.Logging;

namespace Causality.Gateway.Tests.Inputs;

/// <summary>Every row of the bad inputs that concerns HTTP or TLS at a gateway's doors, with several variants each. Rows that need time or many connections are in the tests of the protocol.</summary>
/// <remarks>Alone in its process while it runs, since it looks at what the process counts and allocates.</remarks>
[Collection(nameof(The_matrix_of_bad_inputs))]
public sealed partial class The_matrix_of_bad_inputs(InputDoors doors) : IClassFixture<InputDoors>
{
    /// <summary>What the process may allocate for one case, both sides together: far above the memory that it holds at once.</summary>
    private const long MostBytes = 32L << 20;

    /// <summary>An answer is due within a second; a machine under any load keeps this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, InputCase> Cases = new[] { IdentityInputs.All(), HttpInputs.All(), ContentInputs.All() }.SelectMany(cases => cases).ToDictionary(input => input.ToString());

    private static readonly HashSet<string> Documented = [.. typeof(ProblemTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_gets_its_answer_and_changes_nothing(string name)
    {
        var input = Cases[name];
        var before = await doors.SnapshotAsync();
        var (counted, allocated) = (input.Slug is null ? 0 : RefusalCounts.Of(input.Slug), GC.GetTotalAllocatedBytes());
        doors.Log.TakeAll();

        var answer = await input.Send(doors).WaitAsync(Patience, TestContext.Current.CancellationToken);

        (GC.GetTotalAllocatedBytes() - allocated - input.OwnBytes).ShouldBeLessThan(MostBytes);
        answer.Status.ShouldBe(input.Status, answer.Body);
        if (input.Slug is not null)
        {
            CheckProblem(input, answer);
            RefusalCounts.Of(input.Slug).ShouldBe(counted + 1);
        }

        else if (answer.Status >= 400)
            answer.Body.Trim('0', '\r', '\n').ShouldBeEmpty(); // Below HTTP there is nobody to write a problem.
        CheckLog(input);
        Leak().IsMatch(answer.Headers + answer.Body).ShouldBeFalse(answer.Headers + answer.Body);
        if (input.Changes)
            return;
        var after = await doors.SnapshotAsync();
        after.Log.ShouldBe(before.Log);
        after.Files.Except(before.Files).ShouldBeEmpty(); // The other way round the sweep may have been there.
    }

    [Fact]
    public void Every_row_has_several_variants()
    {
        var rows = Cases.Values.GroupBy(input => input.Row).ToDictionary(row => row.Key, row => row.Count());

        foreach (var row in new[] { "S1", "S2", "S3", "S5", "S6", "S13", "S14", "S15", "S17", "S18", "S19", "S21", "S22", "S23", "S24", "S25", "S27", "S28", "S31", "S41", "S42", "S50", "S55" })
            rows.GetValueOrDefault(row).ShouldBeGreaterThanOrEqualTo(3, row);
    }

    private static void CheckProblem(InputCase input, InputAnswer answer)
    {
        answer.Headers.ShouldContain("application/problem+json");
        var problem = JsonDocument.Parse(answer.Body[answer.Body.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
        problem.GetProperty("type").GetString().ShouldBe(ProblemTypes.Prefix + input.Slug);
        Documented.ShouldContain(problem.GetProperty("type").GetString()!);
        problem.GetProperty("status").GetInt32().ShouldBe(answer.Status);
        problem.GetProperty("trace_id").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    /// <summary>At most one event, since a flood must not fill the log; with the reason, without line breaks; and none of a fault of ours.</summary>
    private void CheckLog(InputCase input)
    {
        var lines = doors.Log.TakeAll();
        lines.Where(line => line.Level >= LogLevel.Error).ShouldBeEmpty();
        var refusals = lines.Where(line => RefusalLog.IsRefusal(line.Id)).Select(line => line.Text).ToList();
        refusals.Count.ShouldBeLessThanOrEqualTo(input.Slug is null ? 0 : 1);
        foreach (var text in refusals)
        {
            text.ShouldContain(input.Slug!);
            text.Any(char.IsControl).ShouldBeFalse(text);
            text.Length.ShouldBeLessThan(1_000);
        }
    }

    // Traces of the stack, versions, paths, SQL, names of types: what tells a stranger how we are made.
    [GeneratedRegex("""Exception|   at |\.cs\b|System\.|Microsoft|Causality\.[A-Z]|/tmp|/home|/var/|SELECT |INSERT |Npgsql|Sqlite|\bServer:|Kestrel|net10""")]
    private static partial Regex Leak();
}

/// <summary>Runs when nothing else does.</summary>
[CollectionDefinition(nameof(The_matrix_of_bad_inputs), DisableParallelization = true)]
public sealed class MatrixCollection;
