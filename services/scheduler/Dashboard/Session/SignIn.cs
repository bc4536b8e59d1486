using Causality.Protocol.Server.Listeners;
using Causality.Scheduler.Dashboard.Rendering;

namespace Causality.Scheduler.Dashboard.Session;

/// <summary>Where one signs in: with a token, for a cookie.</summary>
internal static class SignIn
{
    public static void MapSignIn(this IEndpointRouteBuilder routes) => routes.MapGet(DashboardRoutes.Login, Show).AllowAnonymous().OnListener(ListenerKind.Control);

    /// <summary>The address of the page, with the one to go on at.</summary>
    public static string AddressFor(HttpContext context) =>
        DashboardRoutes.Login + QueryString.Create("return", HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : DashboardRoutes.Root);

    private static PageResult<SignInPage> Show(HttpContext context, Viewer viewer) => new(viewer.Frame(context), new SignInModel(
        context.Request.Query["return"].ToString() is ['/', not ('/' or '\\'), ..] path ? path : DashboardRoutes.Root, context.Request.Query.ContainsKey("failed")));
}
