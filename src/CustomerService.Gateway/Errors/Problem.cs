using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace CustomerService.Gateway.Errors;

/// <summary>An error as every address answers it: problem details (RFC 9457) with a code for programs.</summary>
/// <param name="Status">The HTTP status, again.</param>
/// <param name="Code">A stable word for programs, in snake_case.</param>
/// <param name="Detail">What was wrong and what to do, in a sentence or two for people.</param>
public sealed record Problem(int Status, string Code, string Detail)
{
    public string Type { get; } = "about:blank";

    /// <summary>The status in words.</summary>
    public string Title { get; } = ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>The field that is wrong, as a path from the body's root.</summary>
    public string? Field { get; init; }

    /// <summary>Where the body can't be read: the line, from 1.</summary>
    public long? Line { get; init; }

    /// <summary>Where in that line: the byte, from 1.</summary>
    public long? Position { get; init; }

    /// <summary>What is held against a message that was not sent.</summary>
    public ImmutableArray<Staff.DraftFinding>? Findings { get; init; }

    /// <summary>Under which id an operator finds the command that went wrong.</summary>
    public string? ParkedId { get; init; }

    /// <summary>Seconds until it is worth trying again; the header <c>Retry-After</c> says the same.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Sent as a header, so left out of the body.</summary>
    [JsonIgnore]
    public bool AsksForToken { get; init; }
}

/// <summary>Ends a request with a problem.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
