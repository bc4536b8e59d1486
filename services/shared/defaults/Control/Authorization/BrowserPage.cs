using Causality.Protocol.Server.Problems;
using Microsoft.AspNetCore.Http;

namespace Causality.ServiceDefaults.Control.Authorization;

/// <summary>Metadata of a route that people open in a browser: whoever is not let in gets a page, or is led to where one signs in, instead of a problem for programs.</summary>
/// <param name="RefuseAsync">Answers; the problem says why, its status is 401 or 403.</param>
public sealed record BrowserPage(Func<HttpContext, RequestProblemException, Task> RefuseAsync);
