package org.stratumj.app.role;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.PeerInfo;
import org.stratumj.service.ServiceListener;

/// Turns what happens to the connections of a server into events of its role.
public final class ServiceEvents implements ServiceListener {
    /// The zeros of an IPv6 address that `::` stands for.
    private static final Pattern ZEROS = Pattern.compile("(^|:)(0(:|$)){2,}");

    private final String role;
    private final RoleEvents events;

    /// @param role as [Role#name]
    public ServiceEvents(String role, RoleEvents events) {
        this.role = role;
        this.events = events;
    }

    @Override
    public void onConnected(PeerInfo peer) {
        events.on(new RoleEvent.ConnectionUp(role, text(peer)));
    }

    @Override
    public void onDisconnected(PeerInfo peer, CloseReason reason) {
        events.on(new RoleEvent.ConnectionDown(role, text(peer), reason.text()));
    }

    @Override
    public void onRefused(InetSocketAddress remote, CloseReason reason) {
        events.on(new RoleEvent.ConnectionRefused(role, text(remote), reason.text()));
    }

    /// `127.0.0.1:3333`, `[::1]:3333`.
    public static String text(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return text(host, address.getPort());
    }

    static String text(String host, int port) {
        return (host.contains(":") ? "[" + ZEROS.matcher(host).replaceFirst("::") + "]" : host) + ":" + port;
    }

    /// The connection as logs name it, and who is at its other end: `#7 127.0.0.1:3333 (bitaxe)`.
    public static String text(PeerInfo peer) {
        String vendor = peer.vendor().isEmpty() ? "" : " (" + peer.shownVendor() + ")";
        return peer.id() + " " + text(peer.remoteAddress()) + vendor;
    }
}
