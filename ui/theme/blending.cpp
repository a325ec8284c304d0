// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/blending.h"

#include <QGuiApplication>

#ifdef SLIPWAY_XCB
#include <cstdlib>
#include <memory>

#include <xcb/xcb.h>
#endif

namespace Slipway {

bool windowsBlend()
{
#ifdef SLIPWAY_XCB
    struct Free
    {
        void operator()(void *reply) const { std::free(reply); }
    };
    const auto *x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    if (!x11)
        return true;
    // Whoever composes the screen owns this selection (Extended Window Manager Hints).
    static const QByteArray name("_NET_WM_CM_S0");
    xcb_connection_t *server = x11->connection();
    const auto asked = xcb_intern_atom(server, 1, uint16_t(name.size()), name.constData());
    const std::unique_ptr<xcb_intern_atom_reply_t, Free> atom(xcb_intern_atom_reply(server, asked, nullptr));
    if (!atom || atom->atom == XCB_ATOM_NONE)
        return false;
    const auto looked = xcb_get_selection_owner(server, atom->atom);
    const std::unique_ptr<xcb_get_selection_owner_reply_t, Free> owner(
        xcb_get_selection_owner_reply(server, looked, nullptr));
    return owner && owner->owner != XCB_WINDOW_NONE;
#else
    return true;
#endif
}

} // namespace Slipway
