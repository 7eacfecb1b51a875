using CustomerService.Runtime.Parked;
using Orleans;
using Orleans.Concurrency;

namespace CustomerService.Grains.Orleans.Wire;

/// <summary>What came of trying a parked item again.</summary>
[GenerateSerializer]
[Immutable]
[Alias(WireAliases.ParkedRetry)]
public sealed record WireParkedRetry
{
    [Id(0)]
    public required WireRetryResult Result { get; init; }

    /// <summary>One sentence for the operator.</summary>
    [Id(1)]
    public required string Message { get; init; }

    public static WireParkedRetry Of(ParkedRetry retry) => new()
    {
        Result = retry.Result switch
        {
            ParkedRetryResult.Succeeded => WireRetryResult.Succeeded,
            ParkedRetryResult.NotFound => WireRetryResult.NotFound,
            _ => WireRetryResult.StillFails,
        },
        Message = retry.Message,
    };

    /// <remarks>A result of a newer program is none of success.</remarks>
    public ParkedRetry ToRetry() => new(
        Result switch
        {
            WireRetryResult.Succeeded => ParkedRetryResult.Succeeded,
            WireRetryResult.NotFound => ParkedRetryResult.NotFound,
            _ => ParkedRetryResult.StillFails,
        },
        Message);
}

/// <summary>The numbers are part of the wire: never change or reuse one.</summary>
[GenerateSerializer]
[Alias(WireAliases.RetryResult)]
public enum WireRetryResult
{
    Succeeded = 0,
    StillFails = 1,
    NotFound = 2,
}
