using System.Text;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Tests.Hosting;

namespace Causality.Protocol.Tests;

/// <summary>Every example of <c>contracts/sync-protocol-v1.md</c> is what a server really answers, byte for byte.</summary>
public sealed class The_protocol_page(ServedOperator served) : IClassFixture<ServedOperator>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, ProtocolPage.Examples().Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Example_is_what_a_server_answers(int number)
    {
        foreach (var (id, content) in ProtocolPage.Segments())
            await served.Server.Log.ImportSegmentAsync(LogSegment.Parse(new SegmentId(id), new OperatorId("alpha"), content), Token);
        var example = ProtocolPage.Examples()[number];
        using var request = new HttpRequestMessage(new HttpMethod(example.Method), example.Target);
        if (example.Body is not null)
            request.Content = new ByteArrayContent(example.Body) { Headers = { ContentType = new(example.BodyType) } };
        foreach (var (name, value) in example.RequestHeaders)
            request.Headers.Add(name, value);

        using var response = await served.Client.SendAsync(request, Token);
        var answer = await response.Content.ReadAsByteArrayAsync(Token);

        ((int)response.StatusCode).ShouldBe(example.Status);
        foreach (var (name, value) in example.Headers)
            response.Headers.Concat(response.Content.Headers).Single(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value.ShouldBe([value]);
        WithoutTrace(answer).ShouldBe(WithoutTrace(example.Answer));
    }

    [Fact]
    public void Names_every_route_problem_type_and_header()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sync-protocol-v1.md"));

        foreach (var constant in new[] { typeof(SyncRoutes), typeof(ProblemTypes), typeof(SyncMediaTypes) }.SelectMany(type => type.GetFields()))
            page.ShouldContain(((string)constant.GetRawConstantValue()!).Replace(ProblemTypes.Prefix, "", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_no_problem_type_that_does_not_exist()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sync-protocol-v1.md"));
        var known = typeof(ProblemTypes).GetFields().Select(field => ((string)field.GetRawConstantValue()!).Replace(ProblemTypes.Prefix, "", StringComparison.Ordinal)).ToHashSet();
        var errors = page[page.IndexOf("## Errors", StringComparison.Ordinal)..page.IndexOf("## Permissions", StringComparison.Ordinal)];

        // In the tables and sentences of that chapter every word in backticks with a hyphen is a type.
        var named = System.Text.RegularExpressions.Regex.Matches(errors, "`([a-z]+(?:-[a-z]+)+)`").Select(match => match.Groups[1].Value).Distinct().ToList();

        named.Count.ShouldBeGreaterThan(20);
        named.Except(known).ShouldBeEmpty();
    }

    [Fact]
    public void Has_an_example_for_every_route() =>
        ProtocolPage.Examples().Where(example => example.Status == 200).Select(example => example.Method + " " + example.Target.Split('?')[0]).Distinct().Count().ShouldBe(15);

    /// <summary>A problem's trace id is another one every time.</summary>
    private static string WithoutTrace(byte[] body)
    {
        var text = Encoding.Latin1.GetString(body);
        var start = text.IndexOf("\"trace_id\"", StringComparison.Ordinal);
        return start < 0 ? text : text[..start];
    }
}
