using System.Collections.Concurrent;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Models;

/// <summary>Finds the chat model behind a pipeline's model role. One guarded client for each role, made when first asked for.</summary>
public sealed class ModelRoles : IDisposable
{
    private readonly ChatModelSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _transport = ChatClients.Transport();
    private readonly ConcurrentDictionary<ModelRole, Lazy<GuardedChat>> _roles = new();

    public ModelRoles(ChatModelSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
    }

    /// <summary>Whether any provider is set up.</summary>
    public bool HasAny => !_settings.Providers.IsEmpty;

    /// <summary>Whether a role's provider can be asked at all.</summary>
    public bool Has(ModelRole? role) => role is not null && _settings.Providers.ContainsKey(role.Provider);

    /// <summary>The role's client, or null with the reason.</summary>
    internal GuardedChat? Find(ModelRole? role, out string? whyNot)
    {
        whyNot = null;
        if (role is null)
            return null;
        if (!_settings.Providers.TryGetValue(role.Provider, out var provider))
        {
            whyNot = role.Provider is ChatModelSettings.OpenAI or ChatModelSettings.Anthropic ? "no key" : $"no provider '{role.Provider}' is set up";
            return null;
        }

        return _roles.GetOrAdd(role, key => new Lazy<GuardedChat>(() => Open(key, provider))).Value;
    }

    public void Dispose()
    {
        foreach (var role in _roles.Values.Where(role => role.IsValueCreated))
            role.Value.Dispose();
        _transport.Dispose();
    }

    private GuardedChat Open(ModelRole role, ChatProvider provider) =>
        new(role, ChatClients.Open(provider, role.Model, _settings, _transport), _settings, _time);
}
