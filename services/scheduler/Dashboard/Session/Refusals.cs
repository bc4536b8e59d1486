using Causality.Protocol.Server.Problems;
using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Scheduler.Dashboard.Session;

/// <summary>What a person is shown who is not let in, or whose request cannot be done.</summary>
internal static class Refusals
{
    /// <summary>Whoever has no session is led to the page for signing in; whoever has not the role is told so.</summary>
    public static Task AnswerAsync(HttpContext context, RequestProblemException problem) =>
        (problem.Status == StatusCodes.Status401Unauthorized ? Redirects.To(SignIn.AddressFor(context)) : Page(context, problem)).ExecuteAsync(context);

    public static IResult Page(HttpContext context, RequestProblemException problem) =>
        new PageResult<RefusalPage>(context.RequestServices.GetRequiredService<Viewer>().Frame(context), problem.Message, problem.Status);
}
