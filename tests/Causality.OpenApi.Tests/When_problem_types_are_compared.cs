using Causality.Contracts.Http;
using Causality.OpenApi.Tests.Documents;

namespace Causality.OpenApi.Tests;

/// <summary>The code, the page of the protocol and both documents know the same problems with the same statuses.</summary>
public sealed class When_problem_types_are_compared
{
    /// <summary>Answers of the pipeline, which belong to no operation: the documents name them in their introductions.</summary>
    private static readonly string[] OutsideOfOperations = ["not-found", "method-not-allowed", "forbidden"];

    [Fact]
    public void The_code_should_name_no_type_that_is_not_in_the_catalogue()
    {
        ProblemCode.MadeUp().ShouldBeEmpty("write a constant of ProblemTypes instead");
        ProblemCode.InCode().Select(code => code.Slug).Distinct().Order().ShouldBe(ProblemCode.Catalogue.Order(), "each type is named next to its status, and each is used");
    }

    [Fact]
    public void The_documents_should_list_what_the_code_answers() =>
        ProblemCode.In(OpenApiFile.Peer).Concat(ProblemCode.In(OpenApiFile.Control)).Distinct().Order().ShouldBe(ProblemCode.InCode());

    [Fact]
    public void The_page_should_list_what_peers_are_answered() => ProblemCode.OnPage(0).ShouldBe(ProblemCode.In(OpenApiFile.Peer));

    [Fact]
    public void The_page_should_list_what_the_operators_own_people_are_answered()
    {
        var own = ProblemCode.In(OpenApiFile.Control);

        ProblemCode.OnPage(1).Except(own).ShouldBeEmpty("on the page and not in the document");
        own.Except(ProblemCode.OnPage(1)).Except(ProblemCode.OnPage(0)).ShouldBeEmpty("in the document and not on the page");
    }

    [Fact]
    public void Every_type_should_be_described()
    {
        foreach (var document in OpenApiFile.Both)
            document.Schemas["ProblemType"]!["oneOf"]!.AsArray().Where(type => string.IsNullOrWhiteSpace(type!["description"]?.GetValue<string>())).ShouldBeEmpty();
    }

    [Fact]
    public void Every_operation_should_say_which_problems_it_answers()
    {
        foreach (var document in OpenApiFile.Both)
        {
            var (known, named) = (ProblemCode.In(document), new HashSet<ProblemCode>());
            foreach (var operation in document.Operations)
            {
                foreach (var (status, reference) in operation.Responses)
                {
                    var response = document.Follow(reference!);
                    var isProblem = response["content"]?["application/problem+json"] is not null;
                    isProblem.ShouldBe(int.Parse(status, null) >= 400 && response["content"]?["application/json"] is null, $"{operation.Route} {status}");
                    if (!isProblem)
                        continue;
                    var codes = response["x-problem-types"]!.AsArray().Select(slug => new ProblemCode(slug!.GetValue<string>(), int.Parse(status, null))).ToList();
                    codes.ShouldNotBeEmpty($"{operation.Route} {status}");
                    codes.Except(known).ShouldBeEmpty($"{operation.Route} {status} in {document.Name}");
                    named.UnionWith(codes);
                    if (status is "429" or "503")
                        response["headers"]!["Retry-After"].ShouldNotBeNull($"{operation.Route} {status}");
                }
            }

            known.Except(named).Select(code => code.Slug).Except(OutsideOfOperations).ShouldBeEmpty($"listed in {document.Name} and answered by no operation");
            document.Root["info"]!["description"]!.GetValue<string>().ShouldContain("`not-found`");
        }
    }

    [Fact]
    public void Examples_of_problems_should_be_of_their_status()
    {
        foreach (var (name, response) in OpenApiFile.Both.SelectMany(document => document.Responses))
        {
            var example = response!["content"]!["application/problem+json"]!["example"]!;
            var slug = example["type"]!.GetValue<string>()[ProblemTypes.Prefix.Length..];
            response["x-problem-types"]!.AsArray().Select(type => type!.GetValue<string>()).ShouldContain(slug, name);
            ProblemCode.InCode().ShouldContain(new ProblemCode(slug, (int)example["status"]!.GetValue<long>()), name);
        }
    }
}
