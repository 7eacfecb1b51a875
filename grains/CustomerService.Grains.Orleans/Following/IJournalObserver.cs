using CustomerService.Grains.Orleans.Wire;
using Orleans;

namespace CustomerService.Grains.Orleans.Following;

/// <summary>One process that follows grains. What it is told may come late, twice or never: the sequences say so.</summary>
[Alias(WireAliases.JournalObserver)]
public interface IJournalObserver : IGrainObserver
{
    /// <summary>What has become durable, in order.</summary>
    [Alias(WireAliases.OnEntries)]
    void OnEntries(WireEntries entries);

    /// <summary>A fleeting sign.</summary>
    [Alias(WireAliases.OnHint)]
    void OnHint(WireHint hint);

    /// <summary>The grain leaves memory: whoever goes on following asks again, wherever it lives next.</summary>
    /// <param name="grain">As <c>kind/key</c>.</param>
    [Alias(WireAliases.OnMoved)]
    void OnMoved(string grain);
}
