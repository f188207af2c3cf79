"""A coarse outline of metropolitan France, to see where places are: no more than a drawing.

Our own: some sixty capes, mouths and frontier towns, their latitude and longitude to about a tenth
of a degree, joined by straight lines. It is no geographic data and settles no frontier.
"""

from __future__ import annotations

_MAINLAND = (
    (51.1, 2.5),  # Bray-Dunes
    (50.9, 1.7),  # cap Gris-Nez
    (50.2, 1.5),  # baie de Somme
    (49.9, 1.1),  # Dieppe
    (49.7, 0.2),  # Étretat
    (49.4, 0.1),  # estuaire de la Seine
    (49.3, -0.4),
    (49.4, -1.1),  # baie des Veys
    (49.7, -1.3),  # Barfleur
    (49.7, -1.9),  # La Hague
    (49.2, -1.6),
    (48.6, -1.5),  # Mont-Saint-Michel
    (48.7, -2.1),
    (48.5, -2.7),  # Saint-Brieuc
    (48.9, -3.2),
    (48.7, -4.0),  # Roscoff
    (48.6, -4.7),
    (48.3, -4.8),  # pointe Saint-Mathieu
    (48.3, -4.3),
    (48.0, -4.7),  # pointe du Raz
    (47.8, -4.3),  # Penmarc'h
    (47.7, -3.4),  # Lorient
    (47.5, -2.8),
    (47.3, -2.2),  # estuaire de la Loire
    (46.9, -2.0),
    (46.5, -1.8),  # Les Sables-d'Olonne
    (46.2, -1.2),  # La Rochelle
    (45.7, -1.2),
    (45.5, -1.1),  # pointe de Grave
    (44.6, -1.2),  # Arcachon
    (43.5, -1.5),
    (43.3, -1.8),  # Hendaye
    (43.0, -1.3),
    (42.8, -0.5),  # Somport
    (42.7, 0.7),
    (42.6, 1.5),
    (42.4, 2.0),
    (42.4, 3.1),  # Cerbère
    (43.0, 3.1),
    (43.3, 3.6),
    (43.5, 4.1),
    (43.4, 4.8),  # Camargue
    (43.3, 5.3),  # Marseille
    (43.0, 6.1),  # Giens
    (43.2, 6.7),
    (43.6, 7.1),
    (43.8, 7.5),  # Menton
    (44.2, 7.6),
    (44.4, 6.9),
    (45.1, 6.6),  # Fréjus
    (45.6, 7.0),
    (45.9, 7.0),  # Mont-Blanc
    (46.4, 6.8),  # lac Léman
    (46.2, 6.0),
    (46.9, 6.4),
    (47.5, 7.0),
    (47.6, 7.6),  # Saint-Louis
    (48.6, 7.8),  # Strasbourg
    (49.0, 8.2),  # Lauterbourg
    (49.2, 6.8),
    (49.5, 6.2),
    (49.5, 5.5),
    (50.1, 4.8),  # Givet
    (50.0, 4.2),
    (50.5, 3.5),
    (50.8, 2.7),
    (51.1, 2.5),
)
_CORSICA = (
    (43.0, 9.4),  # cap Corse
    (42.6, 9.5),
    (42.1, 9.5),
    (41.4, 9.2),  # Bonifacio
    (41.9, 8.7),
    (42.3, 8.6),
    (42.6, 8.8),
    (42.7, 9.3),
    (43.0, 9.4),
)
OUTLINES = (_MAINLAND, _CORSICA)
METROPOLIS = ((41.2, -5.4), (51.4, 9.9))  # south-west and north-east of all that
