using CustomerService.Grains.Orleans.Wire;
using Orleans;

namespace CustomerService.Grains.Orleans;

/// <summary>Any of our grains as Orleans sees it: it is asked one command at a time and answers.</summary>
[Alias(WireAliases.TurnGrain)]
public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Has the command handled; answers once whatever the turn changed is durable.</summary>
    [Alias(WireAliases.Ask)]
    Task<WireAnswer> Ask(WireCommand command);
}
